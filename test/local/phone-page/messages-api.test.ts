import { describe, expect, it } from 'vitest';

import { openPage } from './page.ts';

const sms = { channel: 'sms', to: '+12025550142', from: '+12025550100', text: 'Your code is 492039.' } as const;
const mail = {
  channel: 'email',
  to: 'ada+mfa@example.com',
  from: 'mfa@example.com',
  subject: 'Set up',
  text: 'Hello',
} as const;

describe('messages', () => {
  it('are listed oldest first, by address where one is named', async () => {
    const { ask, outbox } = await openPage();
    const messageId = outbox.accept({ ...mail, html: '<p>Hello</p>' });
    outbox.accept(sms);

    const byAddress = await ask('/api/messages?to=ada+mfa@example.com');

    expect(byAddress.body).toEqual([{ ...mail, html: '<p>Hello</p>', messageId, sentAt: '2026-11-21T19:00:00.000Z' }]);
    expect((await ask('/api/messages')).body).toMatchObject([{ channel: 'email' }, { channel: 'sms' }]);
  });

  it('can be replied to, in the other direction unless said otherwise', async () => {
    const { ask, outbox } = await openPage();
    const heard: unknown[] = [];
    outbox.listen((event) => heard.push(event));
    const messageId = outbox.accept(sms);

    const { status, body } = await ask(`/api/messages/${messageId}/reply`, { body: { text: '4920394711' } });
    await ask(`/api/messages/${messageId}/reply`, { body: { text: 'x', from: '+12025550199' } });

    expect(status).toBe(202);
    expect(body).toMatchObject({ messageId, from: sms.to, to: sms.from, text: '4920394711' });
    expect(heard).toMatchObject([{ kind: 'replied', reply: body }, { reply: { from: '+12025550199', to: sms.from } }]);
  });

  it('refuse a reply to nothing, to a push, and without words', async () => {
    const { ask, outbox } = await openPage();
    const push = outbox.accept({ channel: 'push', to: 'app-1', from: 'countersign', text: 'Approve?' });

    expect((await ask('/api/messages/none/reply', { body: { text: 'x' } })).status).toBe(404);
    expect((await ask(`/api/messages/${push}/reply`, { body: { text: 'x' } })).status).toBe(409);
    expect((await ask(`/api/messages/${push}/reply`, { body: { text: '' } })).status).toBe(400);
  });
});

describe('POST /api/carriers/{carrier}', () => {
  it('puts a carrier out of order for a time', async () => {
    const { ask, outbox, clock } = await openPage();

    const { status, body } = await ask('/api/carriers/sms', { body: { outageSeconds: 60 } });

    expect([status, body]).toEqual([200, { carrier: 'sms', outageSeconds: 60 }]);
    expect(() => outbox.accept(sms)).toThrow(expect.objectContaining({ name: 'InternalError', status: 500 }));
    expect(outbox.accept(mail)).toEqual(expect.any(String));
    await clock.pass(60);
    expect(outbox.accept(sms)).toEqual(expect.any(String));
  });

  it('delays, duplicates and bounces messages', async () => {
    const { ask, outbox, clock } = await openPage();
    const bounced: unknown[] = [];
    outbox.listen((event) => bounced.push(event));
    await ask('/api/carriers/sms', { body: { delaySeconds: 30, duplicate: true } });
    await ask('/api/carriers/email', { body: { bounce: mail.to } });

    outbox.accept(sms);
    const messageId = outbox.accept(mail);
    expect(outbox.list()).toEqual([]);
    await clock.pass(30);

    expect(outbox.list().map(({ text }) => text)).toEqual([sms.text, sms.text]);
    expect(new Set(outbox.list().map((message) => message.messageId)).size).toBe(2);
    expect(bounced).toEqual([{ kind: 'bounced', messageId, channel: 'email', to: mail.to, afterSeconds: 0 }]);
  });

  it('makes calls fail', async () => {
    const { ask, ring } = await openPage();

    await ask('/api/carriers/call', { body: { outageSeconds: 60 } });

    expect(() => ring()).toThrow(/not available/);
  });

  it.each([
    ['pigeon', { outageSeconds: 1 }, 404],
    ['sms', {}, 400],
    ['sms', { outageSeconds: -1 }, 400],
    ['sms', { bounces: true }, 400],
    ['call', { bounce: true }, 400],
  ])('refuses %s %j', async (carrier, body, status) => {
    const { ask } = await openPage();

    expect((await ask(`/api/carriers/${carrier}`, { body })).status).toBe(status);
  });
});

describe('POST /api/clock', () => {
  it('moves the clock of the whole stack forward, and only forward', async () => {
    const { ask } = await openPage();

    const { body } = await ask('/api/clock', { body: { advanceSeconds: 3600 } });

    expect(body).toEqual({ now: '2026-11-21T20:00:00.000Z' });
    expect((await ask('/api/clock', { body: { advanceSeconds: -1 } })).status).toBe(400);
    expect((await ask('/api/clock', { body: { advanceSeconds: '60' } })).status).toBe(400);
  });

  it('lets a ringing telephone fall silent', async () => {
    const { ask, ring } = await openPage();
    ring();

    await ask('/api/clock', { body: { advanceSeconds: 60 } });

    expect((await ask('/api/calls')).body[0].state).toBe('ended');
  });
});
