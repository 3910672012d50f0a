/**
 * VIP over HTTPS with the organization's client certificate. Written from what is public about VIP User Services; it
 * has not yet been run against the vendor. Whatever cannot be believed is no answer, and no answer lets nobody in.
 */
import { request, type RequestOptions } from 'node:https';
import { second } from '../../platform/clock.ts';
import { log } from '../../platform/log/logger.ts';
import { Problem } from '../../platform/problems/problem.ts';
import type { Random } from '../../platform/random.ts';
import type { VipAccount, VipCredentials } from './vip-credentials.ts';
import { isSuccess, readAnswer, writeQuestion } from './vip-messages.ts';

export interface VipPlace {
  readonly address: URL;
  /** Who vouches for it; the public authorities if absent. */
  readonly authority?: string;
}

export const vipPlace: VipPlace = { address: new URL('https://userservices-auth.vip.symantec.com/vipuserservices/AuthenticationService_1_8') };

const timeout = 4 * second;
const mostBytes = 64 * 1024;

function post({ address, authority }: VipPlace, { certificate, privateKey }: VipAccount, body: string): Promise<string> {
  const headers = { 'content-type': 'text/xml; charset=utf-8', 'content-length': Buffer.byteLength(body), soapaction: '""' };
  const options: RequestOptions = {
    method: 'POST', headers, cert: certificate, key: privateKey, minVersion: 'TLSv1.2', rejectUnauthorized: true, agent: false,
    signal: AbortSignal.timeout(timeout), ...(authority === undefined ? {} : { ca: authority }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(address, options, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > mostBytes) sent.destroy(new Error('an answer without end'));
        else chunks.push(chunk);
      });
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'));
        else reject(new Error(`HTTP ${String(answer.statusCode)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export function askBySoap(random: Random, place: VipPlace = vipPlace): VipCredentials {
  return {
    isRight: async (account, credentialId, code) => {
      const question = { requestId: Buffer.from(random.bytes(8)).toString('hex'), credentialId, code };
      let text: string;
      try {
        text = await post(place, account, writeQuestion(question));
      } catch (error) {
        log('warn', 'vip-unreachable', { errorName: error instanceof Error ? error.name : 'unknown' });
        throw new Problem('unavailable', { retryAfterSeconds: 5 });
      }
      const answer = readAnswer(text, question);
      if (!answer) {
        log('warn', 'vip-unreadable');
        throw new Problem('unavailable', { retryAfterSeconds: 5 });
      }
      if (!isSuccess(answer)) log('info', 'vip-refused', { reason: answer.status });
      return isSuccess(answer);
    },
  };
}
