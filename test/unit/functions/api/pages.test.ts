import { beforeAll, describe, expect, it } from 'vitest';
import { pagesUrl } from '../../../support/api.ts';
import { asks, openTab, tabOf, tokenOf, trade } from '../../../support/page-browser.ts';
import { codeOf, makePageWorld, returnUrl, type PageWorld } from '../../../support/page-world.ts';

let world: PageWorld;
let secret: string;
beforeAll(async () => {
  world = await makePageWorld();
  await world.makeUser('root');
  await world.policy({ enforcement: 'required' });
  await world.makeUser('ada');
  secret = await world.addApp('ada');
});

let people = 0;
async function personWithApp(): Promise<{ userId: string; key: string }> {
  people += 1;
  const userId = `person-${String(people)}`;
  await world.makeUser(userId);
  return { userId, key: await world.addApp(userId) };
}

const over = { type: 'https://countersign.dev/problems/page-session-over', title: 'The page has no session, or it is over: start again where it was opened', status: 401 };

describe('the address of a prompt', () => {
  it('comes with a start that has a registered address to come back to, and with no other', async () => {
    const { userId } = await personWithApp();

    const [withAddress, without] = [await world.start(userId), await world.start(userId, { returnUrl: undefined })];

    expect(withAddress.body.promptUrl).toMatch(new RegExp(`^${pagesUrl}/sign-in#[\\w-]{110}$`));
    expect(withAddress.body).not.toHaveProperty('setupUrl');
    expect(without.body).not.toHaveProperty('promptUrl');
  });

  it('has its token in the fragment alone, and is made of nothing that is stored', async () => {
    const { userId } = await personWithApp();
    const { promptUrl } = (await world.start(userId)).body;

    const stored = JSON.stringify(await world.database.items());

    expect(new URL(promptUrl)).toMatchObject({ pathname: '/sign-in', search: '' });
    expect(stored).not.toContain(tokenOf(promptUrl));
    expect(stored).not.toContain('PAGE#');
  });

  it('is one of a set-up where somebody must set up a factor, or may', async () => {
    await world.makeUser('newcomer');
    const required = await world.start('newcomer');
    await world.policy({ enforcement: 'offered' });
    await world.makeUser('invited');
    const offered = await world.start('invited');
    await world.policy({ enforcement: 'required' });

    expect([required.body.status, offered.body.status]).toEqual(['enrollment-required', 'not-required']);
    for (const { body } of [required, offered]) expect(body.setupUrl).toMatch(/\/set-up#[\w-]{110}$/);
  });
});

describe('POST /page/session', () => {
  it('gives a cookie that is hidden from scripts, goes to no other address and ends with the challenge', async () => {
    const { userId } = await personWithApp();

    const answer = await trade(tokenOf((await world.start(userId)).body.promptUrl));

    expect(answer.status).toBe(201);
    expect(answer.cookies).toEqual([expect.stringMatching(/^__Host-page-[\w-]{8}=[\w.-]+; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=\d+$/)]);
    const [, maxAge] = /Max-Age=(\d+)/.exec(answer.cookies?.[0] ?? '') ?? [];
    expect(Number(maxAge)).toBeLessThanOrEqual(15 * 60);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('says where the person is and what is to be done, and nothing that is the portal\'s to know', async () => {
    const { userId } = await personWithApp();
    const { challengeId, promptUrl } = (await world.start(userId)).body;

    const { body } = await trade(tokenOf(promptUrl));

    expect(body).toEqual({
      session: expect.any(String),
      page: 'sign-in',
      organization: { name: 'Acme Corporation', support: { name: 'Acme help', url: 'https://help.example.com' } },
      returnUrl: `${returnUrl}?challengeId=${challengeId}`,
      challenge: { status: 'pending', factors: expect.arrayContaining([expect.objectContaining({ kind: 'totp' })]), expiresAt: expect.any(String) },
    });
  });

  it('trades a token once, however many ask at the same time', async () => {
    const { userId } = await personWithApp();
    const token = tokenOf((await world.start(userId)).body.promptUrl);

    const answers = await Promise.all(Array.from({ length: 12 }, () => trade(token)));

    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 11 }, () => 401)]);
    expect((await trade(token)).status).toBe(401);
  });

  it('keeps only hashes of tokens and cookies', async () => {
    const { userId } = await personWithApp();
    const token = tokenOf((await world.start(userId)).body.promptUrl);
    const { cookies } = tabOf(await trade(token));

    const stored = JSON.stringify(await world.database.items());

    expect(stored).toContain('SESSION#');
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(cookies[0]?.split('.').at(-1));
  });

  it('answers alike for a token that is forged, spent, of another page or of an over challenge (A30)', async () => {
    const { userId, key } = await personWithApp();
    const first = (await world.start(userId)).body;
    const tab = await openTab(first.promptUrl);
    await asks(tab, 'POST /page/challenge/answer', { answer: codeOf(key) });
    const spent = tokenOf(first.promptUrl);
    const second = tokenOf((await world.start(userId)).body.promptUrl);
    const bytes = Buffer.from(second, 'base64url');
    const changedAt = (position: number): string => Buffer.from(bytes.map((byte, index) => (index === position ? byte ^ 1 : byte))).toString('base64url');

    const answers = await Promise.all([trade(spent), trade('x'), trade('A'.repeat(43)), ...[0, 1, 2, 20, 40, 60, 80].map((position) => trade(changedAt(position)))]);

    for (const { status, body, cookies } of answers) {
      expect(cookies).toEqual([]);
      expect([status, { ...body, instance: '' }]).toEqual([401, { ...over, instance: '' }]);
    }
    expect((await trade(second)).status).toBe(201);
  });
});

describe('a page\'s session', () => {
  it('answers its challenge, which its client then finds approved; the result reaches no browser', async () => {
    const { challengeId, promptUrl } = (await world.start('ada')).body;
    const tab = await openTab(promptUrl);

    const answered = await asks(tab, 'POST /page/challenge/answer', { answer: codeOf(secret) });
    const again = await asks(tab, 'GET /page/session');

    expect(answered.body).toEqual({ isAccepted: true, challenge: { status: 'approved', factors: [], expiresAt: expect.any(String) } });
    expect(again.body.challenge.status).toBe('approved');
    expect(JSON.stringify([answered.body, again.body])).not.toContain('eyJ');
    expect((await world.get(challengeId)).body).toMatchObject({ status: 'approved', result: expect.stringMatching(/^eyJ/) });
  });

  it('is no good from another address', async () => {
    const { userId, key } = await personWithApp();
    const started = (await world.start(userId)).body;
    const tab = await openTab(started.promptUrl);
    const elsewhere: Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'same-origin' },
      { origin: 'https://evil.example.com' },
      { origin: 'null' },
      { origin: `${pagesUrl}.evil.example` },
      { origin: pagesUrl, 'sec-fetch-site': 'cross-site' },
      { origin: pagesUrl, 'sec-fetch-site': 'same-site' },
    ];

    const answers = await Promise.all(elsewhere.map((headers) => asks(tab, 'POST /page/challenge/answer', { answer: codeOf(key) }, headers)));
    const read = await asks(tab, 'GET /page/challenge', undefined, { 'sec-fetch-site': 'cross-site' });

    for (const answer of [...answers, read]) {
      expect([answer.status, answer.body.type]).toEqual([403, 'https://countersign.dev/problems/not-permitted']);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect((await world.get(started.challengeId)).body.status).toBe('pending');
  });

  it('is nothing without its cookie, under another name, with a part of another\'s, or changed', async () => {
    const [one, other] = [await personWithApp(), await personWithApp()];
    const [own, foreign] = await Promise.all([one, other].map(async ({ userId }) => openTab((await world.start(userId)).body.promptUrl)));
    const [name, value] = own!.cookies[0]!.split('=') as [string, string];
    const parts = value.split('.');
    const foreignParts = foreign!.cookies[0]!.split('=')[1]!.split('.');
    const mixed = parts.map((_, position) => parts.map((part, index) => (index === position ? foreignParts[index] : part)).join('.'));

    const answers = await Promise.all([
      asks({ ...own!, cookies: [] }, 'GET /page/challenge'),
      asks({ ...own!, name: 'AAAAAAAA' }, 'GET /page/challenge'),
      asks({ ...own!, name: '' }, 'GET /page/challenge'),
      ...mixed.filter((each) => each !== value).map((each) => asks({ ...own!, cookies: [`${name}=${each}`] }, 'GET /page/challenge')),
    ]);

    expect(answers.map(({ status, body }) => [status, body.type])).toEqual(answers.map(() => [401, over.type]));
    expect((await asks(own!, 'GET /page/challenge')).status).toBe(200);
  });

  it('touches no factor and no challenge but its own', async () => {
    const [one, other] = [await personWithApp(), await personWithApp()];
    const [tab, foreign] = await Promise.all([one, other].map(async ({ userId }) => openTab((await world.start(userId)).body.promptUrl)));
    const { factorId } = (await asks(foreign!, 'GET /page/challenge')).body.factors[0];

    const answers = await Promise.all([
      asks(tab!, 'POST /page/challenge/answer', { factorId, answer: codeOf(other.key) }),
      asks(tab!, 'POST /page/challenge/send', { factorId }),
      asks(tab!, `GET /page/set-up/factors/${factorId}`),
      asks(tab!, `POST /page/set-up/factors/${factorId}/confirm`, { answer: codeOf(other.key) }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([200, 401, 401, 401]);
    expect(answers[0].body.isAccepted).toBe(false);
    expect((await asks(foreign!, 'GET /page/challenge')).body.status).toBe('pending');
  });

  it('ends when it is ended, for whoever has a copy of its cookie', async () => {
    const { userId } = await personWithApp();
    const tab = await openTab((await world.start(userId)).body.promptUrl);

    const ended = await asks(tab, 'POST /page/session/end');

    expect([ended.status, ended.cookies]).toEqual([204, [expect.stringMatching(/^__Host-page-[\w-]{8}=; .*Max-Age=0$/)]]);
    expect((await asks(tab, 'GET /page/session')).status).toBe(401);
  });
});

describe('a refusal', () => {
  it('is the same for a wrong code, a used one and a locked person: the same answer, and no count (A30)', async () => {
    const { userId, key } = await personWithApp();
    const used = codeOf(key, -1);
    const tab = await openTab((await world.start(userId)).body.promptUrl);

    const [wrong, replayed] = [await asks(tab, 'POST /page/challenge/answer', { answer: '000000' }), await asks(tab, 'POST /page/challenge/answer', { answer: used })];
    for (let count = 0; count < 3; count += 1) await asks(tab, 'POST /page/challenge/answer', { answer: '000000' });
    const [last, afterwards, canceled] = [
      await asks(tab, 'POST /page/challenge/answer', { answer: '000000' }),
      await asks(tab, 'POST /page/challenge/answer', { answer: codeOf(key) }),
      await asks(tab, 'GET /page/challenge'),
    ];

    expect(wrong.body).toEqual(replayed.body);
    expect(last.body).toEqual(afterwards.body);
    expect(last.body).toEqual({ isAccepted: false, challenge: { status: 'over', factors: [], expiresAt: expect.any(String) } });
    expect(canceled.body).toEqual(last.body.challenge);
    expect(new Set([wrong, replayed, last, afterwards].map(({ status, headers }) => JSON.stringify([status, headers]))).size).toBe(1);
  });

  it('shows an expired, a canceled and a denied challenge as one and the same', async () => {
    const { userId } = await personWithApp();
    const tab = await openTab((await world.start(userId)).body.promptUrl);

    const canceled = await asks(tab, 'POST /page/challenge/cancel');

    expect(canceled.body).toEqual({ status: 'over', factors: [], expiresAt: expect.any(String) });
  });
});
