import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { ask } from '../phone-page/page.ts';
import { demo, firstFactorSecret, openPortal, type Asked } from './fake-countersign.ts';
import { approved, claims, pending, replies, signedInto } from './signed-into.ts';

const notRequired = { challengeId: 'chl_1', status: 'not-required', factors: [] };
const starts = (asked: readonly Asked[]) => asked.filter(({ path }) => path === '/v1/challenges').map(({ body }) => body);

/** Signed in without having been asked; every later start is as `then` says. */
async function signedIn(then: object | ((asked: Asked) => object) = pending, redeemed = claims) {
  let first = true;
  return signedInto((asked) => {
    if (asked.path === '/v1/page-sessions') return { url: 'https://pages.example/security#token' };
    const start = first && asked.path === '/v1/challenges' ? notRequired : typeof then === 'function' ? then(asked) : then;
    const answer = replies(start, approved, redeemed)(asked);
    if (asked.path === '/v1/challenges') first = false;
    return answer;
  });
}

describe('an account of a person', () => {
  it('is asked for anew at every switch, and nobody is signed in meanwhile', async () => {
    const { browser, asked } = await signedIn();
    const before = browser.cookie;

    await browser.post('/switch', { organizationId: 'labs' });
    const meanwhile = await browser.get('/');

    expect(starts(asked).map(({ organizationId }) => organizationId)).toEqual(['acme', 'labs']);
    expect(starts(asked)[1]).toMatchObject({ firstFactor: 'password', audience: 'portal' });
    expect(starts(asked)[1].nonce).not.toBe(starts(asked)[0].nonce);
    expect(browser.cookie).not.toBe(before);
    expect(meanwhile.text).not.toContain('Signed in');
  });

  it.each([
    ['signs in with a result for it', 'labs', 'to <strong>Acme Labs</strong>'],
    ['takes no result for another account', 'acme', 'You could not be signed in.'],
  ])('%s', async (_what, org, words) => {
    const { browser } = await signedIn(pending, () => claims({ org }));
    await browser.post('/switch', { organizationId: 'labs' });

    await browser.post('/answer', { factorId: 'fac_totp', answer: '492039' });

    expect((await browser.get('/')).text).toContain(words);
  });

  it('cannot be switched to when it is somebody else’s, or before signing in', async () => {
    const { browser, asked } = await signedIn();
    const foreign = await browser.post('/switch', { organizationId: 'globex' });
    const waiting = await signedInto(replies(pending));
    const early = await waiting.browser.post('/switch', { organizationId: 'labs' });

    expect([foreign.status, early.status]).toEqual([401, 401]);
    expect(starts(asked)).toHaveLength(1);
  });
});

describe('the VPN', () => {
  it('is a process of its own: it asks for itself, with its own session', async () => {
    const { browser, asked } = await openPortal(replies(pending, approved, () => claims({ aud: ['cli_1', 'vpn'] })));

    const answer = await browser.post('/vpn/sign-in', demo);
    const cookie = answer.headers['set-cookie'];
    await browser.post('/vpn/answer', { factorId: 'fac_totp', answer: '492039' });

    expect(answer).toMatchObject({ status: 303, headers: { location: '/vpn/' } });
    expect(cookie).toEqual([expect.stringMatching(/^vpn=/)]);
    expect(starts(asked)[0]).toMatchObject({ audience: 'vpn', returnUrl: expect.stringMatching(/\/vpn\/back$/) });
    expect((await browser.get('/vpn/')).text).toContain('Connected to the VPN');
    expect((await browser.get('/')).text).toContain('<h1>Sign in</h1>');
  });

  it('takes no result for the portal', async () => {
    const { browser } = await openPortal(replies(pending, approved));
    await browser.post('/vpn/sign-in', demo);

    await browser.post('/vpn/answer', { factorId: 'fac_totp', answer: '492039' });

    expect((await browser.get('/vpn/')).text).toContain('You could not be signed in.');
  });
});

describe('a protected action', () => {
  it('asks once more and says for what, and is done with a result for it', async () => {
    const { browser, asked } = await signedIn(pending, () => claims({ protects: ['infrastructure'] }));

    await browser.post('/protect');
    await browser.post('/answer', { factorId: 'fac_totp', answer: '492039' });

    expect(starts(asked)[1]).toMatchObject({ protects: ['infrastructure'] });
    expect((await browser.get('/')).text).toContain('The server was restarted: you confirmed it.');
  });

  it.each([
    ['a result that was for signing in', approved, claims],
    ['a refusal', { challengeId: 'chl_1', status: 'denied' }, claims],
  ])('is not done with %s, while the person stays signed in', async (_what, then, redeemed) => {
    const { browser } = await signedIn((one) => (one.path.endsWith('/answer') ? then : pending), redeemed);
    await browser.post('/protect');

    await browser.post('/answer', { factorId: 'fac_totp', answer: '492039' });

    const { text } = await browser.get('/');
    expect(text).toContain('Signed in');
    expect(text).toContain('was not restarted');
  });
});

describe('SSO', () => {
  it('is told to the service as what it is, and goes on at the hosted page', async () => {
    const promptUrl = 'https://pages.example/sign-in#token';
    const { browser, asked } = await openPortal(replies({ ...pending, promptUrl }));

    await browser.post('/sso', demo);

    expect(starts(asked)[0]).toMatchObject({ firstFactor: 'sso' });
    expect((await browser.get('/')).text).toContain(`content="0; url=${promptUrl}"`);
  });
});

describe('pages to manage oneself and others', () => {
  it('are opened for whoever is signed in, and the console for those who may', async () => {
    const { browser, asked } = await signedIn(notRequired);
    const home = await browser.get('/');
    await browser.post('/open', { page: 'security' });
    const leaving = await browser.get('/');
    await browser.post('/switch', { organizationId: 'labs' });
    const member = await browser.get('/');

    expect(home.text).toContain('Administration console');
    expect(asked.find(({ path }) => path === '/v1/page-sessions')?.body).toMatchObject({ page: 'security', organizationId: 'acme', userId: 'demo' });
    expect(leaving.text).toContain('https://pages.example/security#token');
    expect(member.text).toContain('Acme Labs');
    expect(member.text).not.toContain('Administration console');
  });
});

describe('the first-factor check of the portal', () => {
  const question = (password: string, organizationId = 'acme') => JSON.stringify({ organizationId, userId: demo.userId, password });
  async function checked(body: string, { secret = firstFactorSecret, at = Date.now(), signed = body } = {}) {
    const { url } = await openPortal(replies(pending));
    const timestamp = String(Math.floor(at / 1000));
    const signature = createHmac('sha256', secret).update(`${timestamp}.${signed}`).digest('hex');
    const headers = { host: new URL(url).host, 'content-type': 'application/json', 'countersign-timestamp': timestamp, 'countersign-signature': `v1=${'0'.repeat(64)},v1=${signature}` };
    const { status, body: answer } = await ask(url, '/first-factor-check', { method: 'POST', headers, body });
    return { status, answer };
  }

  it.each([
    ['the right password', question(demo.password), true],
    ['a wrong password', question('wrong'), false],
    ['a person of another organization', question(demo.password, 'globex'), false],
  ])('says of %s whether it is right', async (_what, body, ok) => {
    expect(await checked(body)).toEqual({ status: 200, answer: { ok } });
  });

  it.each([
    ['another secret', { secret: 'cs_check_of_another' }],
    ['an old time', { at: Date.now() - 301_000 }],
    ['a time to come', { at: Date.now() + 400_000 }],
    ['another body', { signed: question('other') }],
  ])('says nothing to a request with %s', async (_what, how) => {
    expect(await checked(question(demo.password), how)).toEqual({ status: 401, answer: { ok: false } });
  });
});
