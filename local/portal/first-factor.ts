/** The portal's own password check, asked by Countersign when somebody registers: the signature first, and nothing without it. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Question {
  readonly organizationId: string;
  readonly userId: string;
  readonly password: string;
}

const mostSeconds = 300;
const maximumBodyLength = 10_000;

/** Ours by one of its signatures: while a secret is exchanged there are two. Older or newer than five minutes is nobody's. */
export function isFromCountersign(headers: IncomingMessage['headers'], body: string, secret: string, now: number): boolean {
  const timestamp = String(headers['countersign-timestamp'] ?? '');
  if (secret === '' || !/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > mostSeconds) return false;
  const expected = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest();
  const signatures = String(headers['countersign-signature'] ?? '').split(',').slice(0, 4);
  return signatures.some((each) => {
    const given = Buffer.from(/^v1=([0-9a-f]{64})$/.exec(each.trim())?.[1] ?? '', 'hex');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

export interface FirstFactor {
  readonly secret: string;
  readonly now: number;
  isRight(question: Question): Promise<boolean>;
}

/** Judges the bytes as they came: what was parsed and written again would have another signature. */
export async function answerFirstFactor(request: IncomingMessage, response: ServerResponse, { secret, now, isRight }: FirstFactor): Promise<void> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumBodyLength) break;
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks).toString('utf8');
  const isOurs = length <= maximumBodyLength && isFromCountersign(request.headers, body, secret, now);
  const ok = isOurs && (await isRight(JSON.parse(body) as Question));
  response.writeHead(isOurs ? 200 : 401, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ ok }));
}
