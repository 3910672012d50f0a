import { describe, expect, it } from 'vitest';

import { approved, claims, pending, replies, signedInto } from './signed-into.ts';

describe('the second factor', () => {
  it('is a typed code, whose result signs in', async () => {
    const { browser, asked } = await signedInto(replies(pending, approved));

    await browser.post('/answer', { factorId: 'fac_totp', answer: '492 039' });

    const typed = { factorId: 'fac_totp', answer: '492039' };
    expect(asked.find(({ path }) => path === '/v1/challenges/chl_1/answer')?.body).toEqual(typed);
    expect(asked.find(({ path }) => path === '/v1/results/redeem')?.body).toEqual({ result: 'eyJ.result' });
    expect((await browser.get()).text).toContain('You are signed in as <strong>demo</strong>');
  });

  it('is a call, which the page waits for', async () => {
    const progress = { factorId: 'fac_phone', attempt: 2, of: 5, state: 'ringing', show: '42' };
    let isOver = false;
    const { browser, asked } = await signedInto(({ path, ...rest }) => {
      const now = isOver ? approved : { ...pending, progress };
      return replies(pending, now)({ path, ...rest });
    });

    await browser.post('/send', { factorId: 'fac_phone' });
    const page = await browser.get();
    const waited = await browser.get('/wait');
    isOver = true;
    const over = await browser.get('/wait');

    expect(asked.find(({ path }) => path.endsWith('/send'))?.body).toEqual({ factorId: 'fac_phone' });
    const line = 'Authentication is being attempted: attempt 2 of 5. Your telephone is ringing.';
    expect(page.text).toContain(line);
    expect(page.text).toContain('<strong>42</strong>');
    expect(page.text).toContain('<noscript><meta http-equiv="refresh" content="5"></noscript>');
    expect(waited.body).toEqual({ isPending: true, line, show: '42' });
    expect(asked.at(-1)?.path).toBe('/v1/challenges/chl_1?waitSeconds=5');
    expect(over.body).toMatchObject({ isPending: false });
    expect((await browser.get()).text).toContain('Signed in');
  });

  it('may be tried again after a wrong answer', async () => {
    const { browser } = await signedInto(replies(pending, { ...pending, reason: 'wrong-answer', answersLeft: 4 }));

    await browser.post('/answer', { factorId: 'fac_totp', answer: '000000' });

    const { text } = await browser.get();
    expect(text).toContain('That was not right. Please try again.');
    expect(text).toContain('fac_phone');
  });

  it('survives an answer that the service refuses', async () => {
    const { browser } = await signedInto((asked) => (asked.path.endsWith('/answer') ? 400 : replies(pending)(asked)));

    await browser.post('/answer', { factorId: 'fac_totp', answer: 'letters' });

    expect((await browser.get()).text).toContain('That did not work.');
  });

  it('says how long to wait when it was asked for too often', async () => {
    const { browser } = await signedInto((asked) => (asked.path.endsWith('/send') ? 429 : replies(pending)(asked)));

    await browser.post('/send', { factorId: 'fac_phone' });

    expect((await browser.get()).text).toContain('Please wait 17 seconds, then try again.');
  });

  it('is redeemed once when two requests see the approval', async () => {
    let isOver = false;
    const { browser, asked } = await signedInto((one) => replies(pending, isOver ? approved : pending)(one));
    isOver = true;

    const pages = await Promise.all([browser.get(), browser.get()]);

    expect(asked.filter(({ path }) => path === '/v1/results/redeem')).toHaveLength(1);
    expect(pages.map(({ text }) => /<h1>([^<]*)/.exec(text)?.[1])).toEqual(['Signed in', 'Signed in']);
  });

  it('can be left by canceling', async () => {
    const { browser } = await signedInto(replies(pending, { challengeId: 'chl_1', status: 'canceled' }));

    await browser.post('/cancel');

    expect((await browser.get()).text).toContain('You canceled signing in.');
  });

  it.each([
    ['another person', { sub: 'eve' }],
    ['another company', { org: 'other' }],
    ['another portal', { aud: ['cli_1', 'vpn'] }],
    ['no portal', { aud: undefined }],
    ['another sign-in', { nonce: 'other' }],
    ['another challenge', { txn: 'chl_2' }],
    ['another purpose', { purpose: 'change-factors' }],
  ])('does not count with a result for %s', async (_what, changes) => {
    const { browser } = await signedInto(replies(pending, approved, () => claims(changes)));

    await browser.post('/answer', { factorId: 'fac_totp', answer: '492039' });

    const { text } = await browser.get();
    expect(text).toContain('You could not be signed in.');
    expect(text).not.toContain('Signed in');
  });

  it('does not count when its result cannot be redeemed', async () => {
    const { browser } = await signedInto(replies(pending, approved, () => 409));

    await browser.post('/answer', { factorId: 'fac_totp', answer: '492039' });

    expect((await browser.get()).text).not.toContain('Signed in');
  });

  it('is not waived by a later "not required"', async () => {
    const { browser } = await signedInto(replies(pending, { challengeId: 'chl_1', status: 'not-required' }));

    await browser.post('/answer', { factorId: 'fac_totp', answer: '1' });

    expect((await browser.get()).text).toContain('You could not be signed in.');
  });
});
