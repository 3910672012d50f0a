import { describe, expect, it } from 'vitest';

import { openPage } from './page.ts';

describe('other web sites', () => {
  it.each<[string, Record<string, string>]>([
    ['a name that was pointed at this machine', { host: 'rebind.example:4283' }],
    ['a page of another origin', { origin: 'https://evil.example' }],
    ['a page of another port of this machine', { origin: 'http://localhost:9999' }],
    ['a frame without an origin', { origin: 'null' }],
    ['a request across sites', { 'sec-fetch-site': 'cross-site' }],
    ['a request from another port', { 'sec-fetch-site': 'same-site' }],
  ])('cannot move the clock: %s', async (_what, headers) => {
    const { ask, clock } = await openPage();
    const before = clock.now();

    const { status } = await ask('/api/clock', { body: { advanceSeconds: 60 }, headers });

    expect(status).toBe(403);
    expect(clock.now()).toBe(before);
  });

  it.each(['/api/calls', '/api/messages', '/feed', '/mail/1'])('cannot read %s', async (path) => {
    const { ask } = await openPage();

    expect((await ask(path, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await ask(path, { headers: { host: 'rebind.example' } })).status).toBe(403);
  });

  it('get no permission from a preflight request', async () => {
    const { ask } = await openPage();

    const answer = await ask('/api/clock', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });

    expect(answer.status).toBe(403);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('are not the page itself, nor a script', async () => {
    const { ask, url } = await openPage();
    const own = { host: url.slice('http://'.length), origin: url, 'sec-fetch-site': 'same-origin' };

    expect((await ask('/api/clock', { body: { advanceSeconds: 1 }, headers: own })).status).toBe(200);
    expect((await ask('/api/clock', { body: { advanceSeconds: 1 } })).status).toBe(200);
    expect((await fetch(`${url}/api/calls`)).status).toBe(200);
  });
});

describe('the page', () => {
  it('loads nothing but itself', async () => {
    const { ask } = await openPage();

    const { headers, text } = await ask('/');

    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(text).not.toMatch(/https?:\/\/|<script(?! type="module" src="\/)|style=|\son\w+="/);
  });

  it('can be linked to from another site, but not framed by one', async () => {
    const { ask } = await openPage();

    const { status, headers } = await ask('/', { headers: { 'sec-fetch-site': 'cross-site' } });

    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it.each(['/server.ts', '/../server.ts', '/%2e%2e/server.ts', '/none'])('has no %s', async (path) => {
    const { ask } = await openPage();

    expect((await ask(path)).status).toBe(404);
  });

  it('shows a mail where nothing of it can run', async () => {
    const { ask, outbox } = await openPage();
    const html = '<p>Hello</p><script>alert(1)</script>';
    const id = outbox.accept({ channel: 'email', to: 'ada@example.com', from: 'mfa@example.com', text: 'Hello', html });

    const { headers, text } = await ask(`/mail/${id}`);

    expect(text).toContain(html);
    expect(headers['content-security-policy']).toMatch(/^sandbox (?!.*allow-scripts).*default-src 'none'/);
  });

  it('hears of a call at once and of the moved clock', async () => {
    const { url, ring, clock } = await openPage();
    const response = await fetch(`${url}/feed`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const next = async () => JSON.parse(/^data: (.*)$/m.exec((await reader?.read())?.value ?? '')?.[1] ?? 'null');

    const before = await next();
    ring();
    const ringing = await next();
    await clock.jump(3600);
    const later = await next();
    await reader?.cancel();

    expect(before).toMatchObject({ portalUrl: 'http://localhost:4282', calls: [], messages: [] });
    const numbers = { toReadable: '+1 202 555 0142', fromReadable: '+44 20 7946 0000' };
    expect(ringing.calls).toMatchObject([{ state: 'ringing', ...numbers }]);
    expect(later.calls).toMatchObject([{ state: 'ended', endedBecause: 'TELECOM_UNANSWERED' }]);
    expect(later.clockAheadSeconds - before.clockAheadSeconds).toBeGreaterThan(3590);
  });
});
