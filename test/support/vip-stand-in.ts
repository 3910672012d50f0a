/**
 * Stands in for VIP User Services: takes AuthenticateCredentials as its schema says and nothing else, from clients whose
 * certificate it knows, and takes a code once. The vendor's own service was never seen by it.
 */
import { createSecretKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { codeAt } from '../../shared/factors/kinds/totp.ts';
import type { VipAccount } from '../../shared/tokens/vip/vip-credentials.ts';
import { runTool } from './pskc.ts';

export interface Authority {
  readonly certificate: string;
  /** A certificate of this name with its key, signed by it. */
  issue(name: string, more?: string): VipAccount;
}

/** A certificate authority for one test file. */
export function makeAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-vip-'));
  const at = (name: string): string => join(folder, name);
  const ecKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  runTool('openssl', ['req', '-x509', ...ecKey, '-subj', '/CN=Test Authority', '-days', '36500', '-keyout', at('ca.key'), '-out', at('ca.pem')]);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return {
    certificate: readFileSync(at('ca.pem'), 'utf8'),
    issue: (name, more = `subjectAltName=DNS:localhost,IP:127.0.0.1`) => {
      writeFileSync(at('extensions'), more);
      runTool('openssl', ['req', ...ecKey, '-subj', `/CN=${name}`, '-keyout', at('key'), '-out', at('csr')]);
      runTool('openssl', ['x509', '-req', '-in', at('csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-days', '36500', '-extfile', at('extensions'), '-out', at('pem')]);
      return { certificate: readFileSync(at('pem'), 'utf8'), privateKey: readFileSync(at('key'), 'utf8') };
    },
  };
}

const form =
  /^<\?xml version="1.0" encoding="UTF-8"\?><soapenv:Envelope xmlns:soapenv="http:\/\/schemas.xmlsoap.org\/soap\/envelope\/" xmlns:vip="https:\/\/schemas.symantec.com\/vip\/2011\/04\/vipuserservices"><soapenv:Header\/><soapenv:Body><vip:AuthenticateCredentialsRequest><vip:requestId>([0-9a-zA-Z]{4,40})<\/vip:requestId><vip:credentials><vip:credentialId>([A-Z]{4}\d{8})<\/vip:credentialId><vip:credentialType>STANDARD_OTP<\/vip:credentialType><\/vip:credentials><vip:otpAuthData><vip:otp>(\d{6})<\/vip:otp><\/vip:otpAuthData><\/vip:AuthenticateCredentialsRequest><\/soapenv:Body><\/soapenv:Envelope>$/;

export const answerXml = (requestId: string, credentialId: string, status: string): string =>
  '<?xml version="1.0"?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><AuthenticateCredentialsResponse xmlns="https://schemas.symantec.com/vip/2011/04/vipuserservices">' +
  `<requestId>${requestId}</requestId><status>${status}</status><statusMessage>${status === '0000' ? 'Success' : 'Authentication failed.'}</statusMessage>` +
  `<credentialId>${credentialId}</credentialId><credentialType>STANDARD_OTP</credentialType></AuthenticateCredentialsResponse></S:Body></S:Envelope>`;

type Trouble = (response: ServerResponse, question: { requestId: string; credentialId: string }) => void;

export interface VipStandIn {
  readonly address: URL;
  /** What it was asked: who asked, about which credential. */
  readonly asked: string[];
  /** What the credential shows now, and so many steps later. */
  code(credentialId: string, step?: number): string;
  /** In place of an answer, until it is undefined again. */
  trouble?: Trouble | undefined;
  stop(): Promise<void>;
}

/** Every credential has a seed of its own, made of its id; a step is right once, within a few of now. */
const codeOf = (credentialId: string, step: number): string => codeAt(createSecretKey(Buffer.from(credentialId.repeat(2))), step);

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export async function startVipStandIn(authority: Authority, knownClients: readonly string[]): Promise<VipStandIn> {
  const now = 1000;
  const used = new Map<string, number>();
  const asked: string[] = [];
  const take = (credentialId: string, code: string): boolean => {
    for (let step = Math.max(now - 5, (used.get(credentialId) ?? 0) + 1); step <= now + 5; step += 1) {
      if (codeOf(credentialId, step) === code) return used.set(credentialId, step).size > 0;
    }
    return false;
  };
  const { certificate: cert, privateKey: key } = authority.issue('localhost');
  const server: Server = createServer({ cert, key, ca: authority.certificate, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' }, (request, response) => {
    void bodyOf(request).then((body) => {
      const client = request.socket instanceof TLSSocket ? request.socket.getPeerCertificate().subject.CN : undefined;
      const [, requestId = '', credentialId = '', code = ''] = form.exec(body) ?? [];
      const isMeant = request.method === 'POST' && request.url === '/vipuserservices/AuthenticationService_1_8' && request.headers['content-type']?.startsWith('text/xml');
      if (!isMeant || requestId === '') return void response.writeHead(500).end('<fault/>');
      if (!knownClients.includes(String(client))) return void response.writeHead(403).end();
      asked.push(`${String(client)} ${credentialId}`);
      if (standIn.trouble) return standIn.trouble(response, { requestId, credentialId });
      response.writeHead(200, { 'content-type': 'text/xml' }).end(answerXml(requestId, credentialId, take(credentialId, code) ? '0000' : '6009'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const standIn: VipStandIn = {
    address: new URL(`https://localhost:${String((server.address() as AddressInfo).port)}/vipuserservices/AuthenticationService_1_8`),
    asked,
    code: (credentialId, step = 0) => codeOf(credentialId, now + step),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return standIn;
}
