/**
 * The least that could do the same calls: AWS Signature Version 4 by node:crypto over kept connections, no SDK, no
 * schemas, no retries, no decisions. It is given the very requests that the sign-in function sent.
 */
import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:https';

export interface HandSignedCall {
  readonly service: 'dynamodb' | 'kms';
  readonly target: string;
  readonly body: string;
}

/** One connection per service: on AWS they are different hosts. */
const agents = { dynamodb: new Agent({ keepAlive: true }), kms: new Agent({ keepAlive: true }) } as const;
const region = 'us-east-1';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

function signedHeaders({ service, target, body }: HandSignedCall, host: string, now: Date): Record<string, string> {
  const { AWS_ACCESS_KEY_ID: id = '', AWS_SECRET_ACCESS_KEY: secret = '' } = process.env;
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const headers = { 'content-type': `application/x-amz-json-1.${service === 'kms' ? '1' : '0'}`, host, 'x-amz-date': time, 'x-amz-target': target };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`).join('');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const canonical = ['POST', '/', '', lines, names, sha256(body)].join('\n');
  const key = [region, service, 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secret}`, day));
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
  return { ...headers, authorization: `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${names}, Signature=${signature}` };
}

function send(call: HandSignedCall): Promise<unknown> {
  const url = new URL(process.env['AWS_ENDPOINT_URL'] ?? '');
  const { promise, resolve, reject } = Promise.withResolvers();
  const sent = request(url, { method: 'POST', agent: agents[call.service], headers: signedHeaders(call, url.host, new Date()) }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk)).once('end', () => {
      if (response.statusCode === 200) resolve(JSON.parse(Buffer.concat(chunks).toString()));
      else reject(new Error(`an answer of ${String(response.statusCode)}`));
    });
  });
  sent.once('error', reject).end(call.body);
  return promise;
}

/** One after the other, as the function sends them. */
export async function handler(calls: readonly HandSignedCall[]): Promise<{ statusCode: number }> {
  for (const call of calls) await send(call);
  return { statusCode: 200 };
}
