import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startWorld, type World } from './local-world.ts';

interface Message {
  readonly messageId: string;
  readonly from: string;
  readonly text: string;
}

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const methods = ['totp', 'phone:call', 'phone:call-pin', 'phone:sms-code', 'phone:sms-reply', 'phone:sms-reply-pin', 'phone:sms-reply-match'];
  const changed = await world.api('PATCH', `/v1/organizations/${world.organizationId}/policy`, { methods, countries: ['US', 'CA', 'GB'] });
  if (changed.status !== 200) throw new Error(JSON.stringify(changed.body));
}, 120_000);
afterAll(async () => {
  await world.stack.stop();
});

const pin = '482913';
const secrets: string[] = [pin];
const codeIn = ({ text }: Message): string => {
  const code = /\b(\d{6})\b/.exec(text)?.[1] ?? 'none';
  secrets.push(code);
  return code;
};
const not = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

const textsTo = async (to: string) => (await world.phone('GET', `/api/messages?to=${encodeURIComponent(to)}`)).body as Message[];
const textTo = (to: string, before = 0) => eventually(`a text to ${to}`, async () => (await textsTo(to))[before]);
const reply = async ({ messageId }: Message, text: string, from?: string) =>
  expect((await world.phone('POST', `/api/messages/${messageId}/reply`, { text, ...(from ? { from } : {}) })).status).toBe(202);

const statusOf = (challengeId: string, status: string) =>
  eventually(`the challenge is ${status}`, async () => {
    const { body } = await world.api('GET', `/v1/challenges/${challengeId}?waitSeconds=2`);
    return body.status === status ? body : undefined;
  });

interface Texted {
  readonly path: string;
  readonly factorId: string;
  /** How many texts it has had. */
  readonly texts: number;
}

/** A new user whose first factor is a telephone that is texted. */
async function addTexted(userId: string, number: string, method: string, more: Record<string, unknown> = {}): Promise<Texted> {
  const path = await world.makeUser(userId);
  const { challengeId } = (await world.start(userId)).body;
  const added = await world.api('POST', `${path}/factors`, { kind: 'phone', method, numbers: { primary: number }, challengeId, ...more });
  expect(added.status).toBe(201);
  const message = await textTo(number);
  const code = codeIn(message);
  const { factorId } = added.body;
  if (method === 'sms-code') expect((await world.api('POST', `${path}/factors/${factorId}/confirm`, { answer: code })).body.status).toBe('active');
  else await reply(message, method === 'sms-reply-match' ? added.body.progress.show : `${code}${method === 'sms-reply-pin' ? pin : ''}`);
  await eventually('the telephone is proved', async () => ((await world.api('GET', `${path}/factors/${factorId}`)).body.status === 'active' ? true : undefined));
  expect((await statusOf(challengeId, 'approved')).status).toBe('approved');
  await world.advance(31);
  return { path, factorId, texts: (await textsTo(number)).length };
}

async function send(userId: string, factorId: string): Promise<{ challengeId: string; progress: { state: string; show?: string; reason?: string } }> {
  const { challengeId } = (await world.start(userId)).body;
  const sent = await world.api('POST', `/v1/challenges/${challengeId}/send`, { factorId });
  expect(sent.status).toBe(200);
  return { challengeId, progress: sent.body.progress };
}

describe('signing in by text', () => {
  it('takes the code that is typed on the page, and tells the carrier that it was right', async () => {
    const { factorId, texts } = await addTexted('typed', '+12025550161', 'sms-code');
    const { challengeId, progress } = await send('typed', factorId);
    expect(progress).toMatchObject({ state: 'sent' });
    const message = await textTo('+12025550161', texts);
    const code = codeIn(message);

    const wrong = await world.api('POST', `/v1/challenges/${challengeId}/answer`, { answer: not(code) });
    expect(wrong.body).toMatchObject({ status: 'pending', reason: 'wrong-answer', answersLeft: 4 });
    const right = await world.api('POST', `/v1/challenges/${challengeId}/answer`, { answer: code });
    expect(right.body.status).toBe('approved');

    const claims = (await world.api('POST', '/v1/results/redeem', { result: right.body.result })).body;
    expect(claims).toMatchObject({ sub: 'typed', acr: 'pstn', amr: ['tel', 'pwd', 'mfa'] });
    await eventually('the carrier was told', async () => (world.stack.numbers.reports().get(message.messageId) === 'RECEIVED' ? true : undefined));
  });

  it('takes the reply with the code, through topic, queue and function, also when it comes twice', async () => {
    const { factorId, texts } = await addTexted('replied', '+12025550162', 'sms-reply');
    const { challengeId } = await send('replied', factorId);
    const message = await textTo('+12025550162', texts);
    await world.phone('POST', '/api/carriers/sms', { duplicate: true });
    await reply(message, not(codeIn(message)));
    await eventually('the wrong reply is counted, once', async () => ((await world.api('GET', `/v1/challenges/${challengeId}`)).body.answersLeft === 4 ? true : undefined));
    await reply(message, ` ${codeIn(message).split('').join(' ')} `);
    await world.phone('POST', '/api/carriers/sms', { duplicate: false });

    expect((await statusOf(challengeId, 'approved')).result).toEqual(expect.any(String));
    await eventually('the carrier was told', async () => (world.stack.numbers.reports().get(message.messageId) === 'RECEIVED' ? true : undefined));
  });

  it('takes the reply with code and PIN', async () => {
    const { factorId, texts } = await addTexted('pinned', '+12025550163', 'sms-reply-pin', { pin });
    const { challengeId } = await send('pinned', factorId);
    const message = await textTo('+12025550163', texts);
    await reply(message, `${codeIn(message)}${pin}`);

    const { result } = await statusOf(challengeId, 'approved');
    expect((await world.api('POST', '/v1/results/redeem', { result })).body).toMatchObject({ amr: ['tel', 'pin', 'pwd', 'mfa'] });
  });

  it('takes the reply with the number on the screen, from that telephone and no other', async () => {
    const { factorId, texts } = await addTexted('matched', '+12025550164', 'sms-reply-match');
    const { challengeId, progress } = await send('matched', factorId);
    const message = await textTo('+12025550164', texts);
    expect(progress.show).toMatch(/^\d\d$/);
    expect(message.text).not.toContain(progress.show);
    await reply(message, progress.show ?? '', '+12025550165');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await world.api('GET', `/v1/challenges/${challengeId}`)).body.status).toBe('pending');
    await reply(message, progress.show ?? '');

    await statusOf(challengeId, 'approved');
  });

  it('is refused by NO: denied, locked for review', async () => {
    const { factorId, texts } = await addTexted('refused', '+12025550166', 'sms-reply');
    const { challengeId } = await send('refused', factorId);
    await reply(await textTo('+12025550166', texts), 'No');

    expect(await statusOf(challengeId, 'denied')).toMatchObject({ reason: 'fraud-reported' });
    expect((await world.start('refused')).body.status).toBe('locked');
  });

  it('speaks the language of the person', async () => {
    const { path, factorId, texts } = await addTexted('francophone', '+12025550167', 'sms-reply');
    await world.api('PUT', path, { displayName: 'Ada Example', email: 'francophone@acme.example', emailVerified: true, identity: 'local', locale: 'fr-CA' });
    await send('francophone', factorId);

    expect((await textTo('+12025550167', texts)).text).toMatch(/^Acme Corporation : répondez \d{6} pour vous connecter\./);
  });
});

describe('when texts do not arrive', () => {
  it('the page says so, and another factor signs in (X15)', async () => {
    const { path, factorId } = await addTexted('stranded', '+12025550168', 'sms-code');
    const proving = await world.start('stranded', { purpose: 'change-factors' });
    await world.api('POST', `/v1/challenges/${proving.body.challengeId}/send`, { factorId });
    const answer = codeIn(await textTo('+12025550168', 1));
    const proof = (await world.api('POST', `/v1/challenges/${proving.body.challengeId}/answer`, { answer })).body.result as string;
    const app = (await world.api('POST', `${path}/factors`, { kind: 'totp', proofs: [proof] })).body;
    await world.api('POST', `${path}/factors/${app.factorId}/confirm`, { answer: await world.code(app.secret) });
    await world.advance(61);
    await world.phone('POST', '/api/carriers/sms', { outageSeconds: 3600 });

    const { challengeId, progress } = await send('stranded', factorId);
    await world.phone('POST', '/api/carriers/sms', { outageSeconds: 0 });

    expect(progress).toMatchObject({ state: 'failed', reason: 'carrier-down' });
    const { body } = await world.api('GET', `/v1/challenges/${challengeId}`);
    expect(body).toMatchObject({ status: 'pending', progress: { state: 'failed' } });
    expect(body.factors.map(({ kind }: { kind: string }) => kind)).toContain('totp');
    const signedIn = await world.api('POST', `/v1/challenges/${challengeId}/answer`, { factorId: app.factorId, answer: await world.code(app.secret) });
    expect(signedIn.body.status).toBe('approved');
    // What was refused during the outage is not sent when it is over.
    expect(await textsTo('+12025550168')).toHaveLength(2);
  });

  it('because the person wrote STOP, that is what the page says', async () => {
    const { factorId, texts } = await addTexted('stopped', '+12025550169', 'sms-reply');
    const first = await send('stopped', factorId);
    const message = await textTo('+12025550169', texts);
    await reply(message, 'STOP');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await world.api('GET', `/v1/challenges/${first.challengeId}`)).body.status).toBe('pending');
    await world.advance(31);

    expect((await send('stopped', factorId)).progress).toMatchObject({ state: 'failed', reason: 'opted-out' });
    await reply(message, 'START');
    await world.advance(31);
    expect((await send('stopped', factorId)).progress).toMatchObject({ state: 'sent' });
  });

  it('because nothing reaches the number, that is what the page says', async () => {
    const { factorId } = await addTexted('unreachable', '+12025550171', 'sms-code');
    await world.phone('POST', '/api/carriers/sms', { bounce: '+12025550171' });
    const { challengeId, progress } = await send('unreachable', factorId);
    expect(progress.state).toBe('sent');

    const { progress: later } = await eventually('it is known', async () => {
      const { body } = await world.api('GET', `/v1/challenges/${challengeId}?waitSeconds=2`);
      return body.progress.state === 'sent' ? undefined : body;
    });
    await world.phone('POST', '/api/carriers/sms', { bounce: false });

    expect(later).toMatchObject({ state: 'undeliverable', reason: 'unreachable' });
  });

  it('at a number that another person is being asked on, one waits', async () => {
    const one = await addTexted('sharer-1', '+12025550170', 'sms-reply');
    await world.advance(31);
    const path = await world.makeUser('sharer-2');
    const { challengeId } = (await world.start('sharer-2')).body;
    const added = await world.api('POST', `${path}/factors`, { kind: 'phone', method: 'sms-reply', numbers: { primary: '+12025550170' }, challengeId });
    await reply(await textTo('+12025550170', one.texts), codeIn(await textTo('+12025550170', one.texts)));
    await statusOf(challengeId, 'approved');
    await world.advance(31);
    const first = await send('sharer-1', one.factorId);
    await world.advance(31);
    const second = (await world.start('sharer-2')).body.challengeId as string;

    const busy = await world.api('POST', `/v1/challenges/${second}/send`, { factorId: added.body.factorId });
    expect([busy.status, busy.body.type]).toEqual([429, expect.stringContaining('number-in-use')]);
    expect(Number(busy.headers.get('retry-after'))).toBeGreaterThan(0);
    const text = await textTo('+12025550170', one.texts + 1);
    await reply(text, codeIn(text));
    await statusOf(first.challengeId, 'approved');
    expect((await world.api('POST', `/v1/challenges/${second}/send`, { factorId: added.body.factorId })).body.progress.state).toBe('sent');
  });

  it('is refused at set-up where it never could', async () => {
    const path = await world.makeUser('landline');
    const { challengeId } = (await world.start('landline')).body;
    const added = await world.api('POST', `${path}/factors`, { kind: 'phone', method: 'sms-code', numbers: { primary: '+442079460123' }, challengeId });

    expect([added.status, added.body.type]).toEqual([422, expect.stringContaining('number-refused')]);
  });
});

describe('what is left of texts', () => {
  it('is nothing secret in any log (I10, A121)', async () => {
    const logs = world.logs();

    expect(logs).toContain('text-answered');
    for (const secret of [...secrets, '+1202555', '2025550', 'cs_test_', '@acme.example']) expect(logs).not.toContain(secret);
  });
});
