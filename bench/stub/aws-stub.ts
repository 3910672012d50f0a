/** One endpoint that speaks just enough of each AWS service for the product's functions to do their work against it. */
import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.ts';
import { createMemoryTable, type MemoryTable } from './memory-table.ts';

export interface Stub {
  readonly url: string;
  readonly table: MemoryTable;
  stop(): Promise<void>;
}

export interface StubOptions {
  /** TLS when there is one. */
  readonly certificate?: Certificate | undefined;
  /** Sees every request to a service that is told apart by its target. */
  observe?(target: string, body: string): void;
}

export interface Answer {
  readonly type: string;
  readonly body: string;
}

/** A wrapped key is the key itself behind a word: what KMS does is not what is measured. */
const wrapped = Buffer.from('wrapped:');
export const stubWrapped = (key: Uint8Array): string => Buffer.concat([wrapped, key]).toString('base64');

function answerKms(operation: string, body: Readonly<Record<string, unknown>>): unknown {
  if (operation === 'Decrypt') {
    const blob = Buffer.from(String(body['CiphertextBlob']), 'base64');
    return { KeyId: body['KeyId'], Plaintext: blob.subarray(wrapped.length).toString('base64') };
  }
  const key = Buffer.alloc(32, 7);
  return { KeyId: body['KeyId'], Plaintext: key.toString('base64'), CiphertextBlob: stubWrapped(key) };
}

const json = (value: unknown): Answer => ({ type: 'application/x-amz-json-1.0', body: JSON.stringify(value) });

/** The services that are told apart by the request's target. */
export function answerTarget(table: MemoryTable, target: string, text: string): Answer | undefined {
  const [service, operation = ''] = target.split('.');
  const body = JSON.parse(text === '' ? '{}' : text) as Readonly<Record<string, unknown>>;
  if (service === 'TrentService') return json(answerKms(operation, body));
  if (service === 'AWSStepFunctions') return json({ executionArn: 'arn:aws:states:us-east-1:111122223333:execution:phone-call:1', startDate: 1_795_287_602 });
  const answer = table.answer(operation, body);
  return answer && json(answer);
}

/** Connect speaks REST, SES a form and XML. */
function answerOther(method: string, path: string): Answer {
  if (path.startsWith('/contact')) return { type: 'application/json', body: JSON.stringify(method === 'PUT' ? { ContactId: randomUUID() } : { Contact: {} }) };
  const result = '<SendEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendEmailResult><MessageId>1</MessageId></SendEmailResult></SendEmailResponse>';
  return { type: 'text/xml', body: result };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export async function startStub({ certificate, observe }: StubOptions = {}): Promise<Stub> {
  const table = createMemoryTable();
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await readText(request);
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') observe?.(target, text);
    const answer = typeof target === 'string' ? answerTarget(table, target, text) : answerOther(request.method ?? '', request.url ?? '');
    response.writeHead(answer ? 200 : 400, { 'content-type': answer?.type ?? 'text/plain', 'x-amzn-requestid': 'bench' });
    response.end(answer?.body ?? `the stub does not know ${String(target)}`);
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    respond(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  };
  const server = certificate ? createHttpsServer(certificate, listener) : createHttpServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `${certificate ? 'https' : 'http'}://127.0.0.1:${String(port)}`, table, stop };
}
