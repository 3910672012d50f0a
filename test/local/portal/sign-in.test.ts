import { describe, expect, it } from 'vitest';

import { demo, openPortal } from './fake-countersign.ts';
import { approved, pending, replies, signedInto } from './signed-into.ts';

describe('signing in with name and password', () => {
  it('starts a challenge for this person and this portal, with a nonce of its own', async () => {
    const { asked, answer, browser } = await signedInto(replies(pending));

    expect(answer).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(asked[0]).toMatchObject({
      method: 'POST',
      path: '/v1/challenges',
      authorization: 'Bearer cs_test_key',
      body: {
        organizationId: 'acme',
        userId: 'demo',
        audience: 'portal',
        firstFactor: 'password',
        context: { ipAddress: '127.0.0.1' },
      },
    });
    expect(asked[0]?.body.nonce).toMatch(/^[\w-]{22}$/);
    expect((await browser.get()).text).toContain('Confirm that it is you');
  });

  it('asks for the hosted page when the person wants that, sends the browser there once, and knows its own when it comes back', async () => {
    const promptUrl = 'https://pages.example/sign-in#token';
    const { browser, url, asked } = await openPortal(replies({ ...pending, promptUrl }, approved));

    await browser.post('/sign-in', { ...demo, hosted: 'yes' });
    const [first, second] = [await browser.get(), await browser.get('/back?challengeId=chl_other')];
    await browser.get('/back?challengeId=chl_1');

    expect(asked[0]?.body.returnUrl).toBe(`${url}/back`);
    expect(first.text).toContain(`content="0; url=${promptUrl}"`);
    expect(second.headers.location).toBe('/');
    expect(asked.filter(({ path }) => path === '/v1/results/redeem')).toHaveLength(1);
    expect((await browser.get()).text).toContain('Signed in');
  });

  it.each<[string, Record<string, string>]>([
    ['a wrong password', { ...demo, password: 'wrong' }],
    ['a wrong name', { ...demo, userId: 'eve' }],
    ['nothing', {}],
  ])('answers %s with the same words and asks nobody', async (_what, form) => {
    const { browser, asked } = await openPortal(replies(pending));

    const { status, text } = await browser.post('/sign-in', form);

    expect(status).toBe(401);
    expect(text).toContain('The name or the password is not right.');
    expect(browser.cookie).toBe('');
    expect(asked).toEqual([]);
  });

  it('is enough where the service says that nothing more is required', async () => {
    const { browser } = await signedInto(replies({ challengeId: 'chl_1', status: 'not-required', factors: [] }));

    expect((await browser.get()).text).toContain('Signed in');
  });

  it.each([
    ['enrollment-required', { status: 'enrollment-required' }, 'must be set up'],
    ['where to set up', { status: 'enrollment-required', setupUrl: 'https://x.example/#t' }, 'href="https://x.example/#t"'],
    ['locked', { status: 'locked', lockedUntil: '2026-11-21T20:00:00Z' }, 'Sat, 21 Nov 2026 20:00:00 GMT'],
    ['denied', { status: 'denied', reason: 'invitation-needed' }, 'You could not be signed in.'],
    ['something it has never heard of', { status: 'splendid' }, 'You could not be signed in.'],
  ])('ends when the service says %s', async (_what, challenge, words) => {
    const { browser } = await signedInto(replies({ challengeId: 'chl_1', ...challenge }));

    const { text } = await browser.get();

    expect(text).toContain(words);
    expect(text).not.toMatch(/Signed in|invitation-needed/);
  });

  it.each([
    [500, 503],
    [429, 429],
    [401, 503],
  ])('ends when the service answers %i', async (status, shown) => {
    const { browser, answer } = await signedInto(replies(status));

    expect(answer.status).toBe(shown);
    expect(browser.cookie).toBe('');
    expect((await browser.get()).text).toContain('<h1>Sign in</h1>');
  });
});
