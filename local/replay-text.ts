/** For `npm run replay`: a user beside the demo, who confirms by replying to a text, and a text that waits for its reply. */
import type { LocalStack } from './start-local.ts';

const number = '+12025550147';
const userId = 'replier';
const WITHIN_MILLISECONDS = 15_000;

type Body = Readonly<Record<string, unknown>>;

async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const giveUpAt = performance.now() + WITHIN_MILLISECONDS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > giveUpAt) throw new Error(`The event needs a text, but ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Answers what a person would reply: the code of a text that was just sent. */
export async function sendText({ running, outbox, clock }: LocalStack): Promise<{ reply: string }> {
  const { apiUrl, clientKey, organizationId } = running;
  const call = async (method: string, path: string, body?: Body): Promise<Body> => {
    const headers = { authorization: `Bearer ${clientKey}`, 'content-type': 'application/json' };
    const response = await fetch(apiUrl + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`The event needs a text, but ${path} answers ${String(response.status)} ${text}`);
    return JSON.parse(text) as Body;
  };
  const organization = `/v1/organizations/${organizationId}`;
  const user = `${organization}/users/${userId}`;
  const start = { organizationId, userId, audience: 'portal', firstFactor: 'password' };
  const textAt = (index: number) => until('none arrives', () => outbox.list(number)[index]);
  const codeIn = (text: string): string => /\b\d{6}\b/.exec(text)?.[0] ?? '';

  await call('PATCH', `${organization}/policy`, { methods: ['totp', 'phone:call-pin', 'phone:sms-reply'] });
  await call('PUT', user, { displayName: 'Rex Replier', email: 'replier@acme.example', emailVerified: true, identity: 'local' });
  const { challengeId } = await call('POST', '/v1/challenges', start);
  const phone = { kind: 'phone', method: 'sms-reply', numbers: { primary: number }, challengeId };
  const factor = await call('POST', `${user}/factors`, phone);
  const factorId = String(factor['factorId']);
  const first = await textAt(0);
  outbox.reply(first.messageId, { text: codeIn(first.text) });
  await until('its number is not proved', async () => ((await call('GET', `${user}/factors/${factorId}`))['status'] === 'active' ? true : undefined));
  // No number is texted twice in half a minute.
  clock.advance(31);
  const waiting = await call('POST', '/v1/challenges', start);
  await call('POST', `/v1/challenges/${String(waiting['challengeId'])}/send`, { factorId });
  return { reply: codeIn((await textAt(1)).text) };
}
