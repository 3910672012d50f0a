import { describe, expect, it } from 'vitest';

import { demo, openPortal } from './fake-countersign.ts';
import { approved, pending, replies, signedInto } from './signed-into.ts';

describe('the session', () => {
  it('is 256 random bits that scripts cannot read and other sites cannot send', async () => {
    const { answer } = await signedInto(replies(pending));

    const cookie = /^portal=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=3600$/;
    expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(cookie)]);
  });

  it('gets a new name when it is signed in, and the old one is worth nothing', async () => {
    const { browser, url } = await signedInto(replies(pending, approved));
    const before = browser.cookie;

    await browser.post('/answer', { factorId: 'fac_totp', answer: '492039' });
    const after = browser.cookie;
    browser.cookie = before;

    expect(after).not.toBe(before);
    expect((await browser.get()).text).toContain('<h1>Sign in</h1>');
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
  });

  it('ends with signing out', async () => {
    const { browser } = await signedInto(replies({ challengeId: 'chl_1', status: 'not-required' }));
    const before = browser.cookie;

    await browser.post('/sign-out');
    browser.cookie = before;

    expect((await browser.get()).text).toContain('<h1>Sign in</h1>');
  });

  it.each([[{ origin: 'https://evil.example' }], [{ origin: 'null' }], [{ origin: 'http://localhost' }]])(
    'does nothing for a form that comes from %j',
    async (headers) => {
      const { browser, asked } = await signedInto(replies(pending));
      const before = asked.length;

      const send = await browser.post('/send', { factorId: 'fac_phone' }, headers);
      const signIn = await browser.post('/sign-in', demo, headers);

      expect([send.status, signIn.status]).toEqual([403, 403]);
      expect(asked).toHaveLength(before);
    },
  );
});

describe('the pages of the portal', () => {
  it('escape what they show', async () => {
    const hint = '"><script>alert(1)</script>';
    const factors = [{ factorId: 'fac_1', kind: 'phone', hint }];
    const { browser } = await signedInto(replies({ ...pending, factors }));

    const { text } = await browser.get();

    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;script&gt;');
  });

  it('load only their own files, in no frame and no cache, and hold no key', async () => {
    const { browser } = await signedInto(replies(pending));

    const { headers, text } = await browser.get();

    expect(headers['content-security-policy']).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/);
    expect(headers['cache-control']).toBe('no-store');
    expect(text).not.toMatch(/cs_test|style=|https?:/);
    expect((await browser.get('/portal.css')).headers['content-type']).toBe('text/css; charset=utf-8');
    expect((await browser.get('/portal.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await browser.get('/portal.ts')).status).toBe(404);
  });

  it('tell a waiting page without a session to load again', async () => {
    const { browser } = await openPortal(replies(pending));

    expect((await browser.get('/wait')).body).toEqual({ isPending: false, line: '' });
  });
});
