/** A running phone page with its stand-ins, and a client that speaks to it over HTTP. */
import { request as httpRequest } from 'node:http';

import { onTestFinished } from 'vitest';

import { createOutbox } from '../../../local/outbox/outbox.ts';
import { startPhonePage } from '../../../local/phone-page/server.ts';
import { createConnect } from '../../../local/telephone/connect.ts';
import { entryFlow } from '../telephone/flows.ts';
import { instanceArn, request as callRequest } from '../telephone/called.ts';
import { manualClock } from '../telephone/manual-clock.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // The tests look into many forms of answers; each asserts what it reads.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
  body: any;
}

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON; a string is sent as it stands. */
  body?: unknown;
}

/** Plain node:http, because fetch forbids to set the Host and Origin headers that these tests are about. */
export function ask(url: string, path: string, { method, headers = {}, body }: Asked = {}): Promise<Answer> {
  const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const length = Buffer.byteLength(payload ?? '');
  const json = payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': `${length}` };
  const all = { ...json, ...headers };
  return new Promise((resolve, reject) => {
    const options = { method: method ?? (payload === undefined ? 'GET' : 'POST'), headers: all, agent: false as const };
    const sent = httpRequest(`${url.replace('localhost', '127.0.0.1')}${path}`, options, async (response) => {
      let text = '';
      for await (const chunk of response) text += String(chunk);
      const isJson = (response.headers['content-type'] ?? '').includes('json');
      const parsed = isJson ? JSON.parse(text) : undefined;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed });
    });
    sent.on('error', reject).end(payload);
  });
}

export async function openPage() {
  const clock = manualClock();
  const entries: string[] = [];
  const connect = createConnect({
    now: clock.now,
    setTimer: clock.setTimer,
    flow: () => entryFlow,
    async invoke(_arn, event) {
      const { entry = '' } = (event as { Details: { Parameters: Record<string, string> } }).Details.Parameters;
      entries.push(entry);
      return { outcome: entry === '4711' ? 'approved' : 'again' };
    },
    publish: () => {},
    instanceArn,
    region: 'eu-west-2',
    account: '111122223333',
  });
  const outbox = createOutbox({ now: clock.now });
  const page = await startPhonePage({
    port: 0,
    connect,
    outbox,
    advanceClock: (seconds) => void clock.jump(seconds),
    now: clock.now,
    portalUrl: 'http://localhost:4282',
  });
  onTestFinished(() => page.stop());
  const ring = (to = '+12025550142') =>
    connect.startOutboundVoiceContact(callRequest({ DestinationPhoneNumber: to, ClientToken: to })).ContactId;
  const askPage = (path: string, asked?: Asked) => ask(page.url, path, asked);
  return { clock, connect, outbox, url: page.url, ring, entries, ask: askPage };
}
