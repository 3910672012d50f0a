import { describe, expect, it } from 'vitest';

import { openPage } from './page.ts';

describe('GET /api/calls', () => {
  it('lists the calls of a number, however its plus is written', async () => {
    const { ask, ring } = await openPage();
    const callId = ring();
    ring('+12025550199');

    const escaped = await ask('/api/calls?to=%2B12025550142');
    const plain = await ask('/api/calls?to=+12025550142');

    expect(escaped.status).toBe(200);
    expect(escaped.body).toEqual([
      {
        callId,
        from: '+442079460000',
        to: '+12025550142',
        state: 'ringing',
        heard: [],
        language: 'en-US',
        startedAt: '2026-11-21T19:00:00.000Z',
      },
    ]);
    expect(plain.body).toEqual(escaped.body);
    expect((await ask('/api/calls')).body).toHaveLength(2);
    expect((await ask('/api/calls?from=1')).status).toBe(400);
    expect((await ask('/api/calls?to=')).status).toBe(400);
  });
});

describe('POST /api/calls/{callId}/…', () => {
  it('answers, presses keys and hears the outcome', async () => {
    const { ask, ring, entries } = await openPage();
    const callId = ring();

    const answered = await ask(`/api/calls/${callId}/answer`, { method: 'POST' });
    const wrong = await ask(`/api/calls/${callId}/keys`, { body: { keys: '0000#' } });
    const right = await ask(`/api/calls/${callId}/keys`, { body: { keys: '4711#' } });

    const heard = ['Acme & Company. To sign in, press pound.'];
    expect(answered.body).toMatchObject({ callId, state: 'answered', heard });
    expect(wrong.body.heard.at(-1)).toBe('That was not right. Try again.');
    expect(right.body.heard.at(-1)).toBe('Thank you. Goodbye.');
    expect(entries).toEqual(['0000', '4711']);
  });

  it.each([
    ['busy', 'TELECOM_BUSY'],
    ['voicemail', undefined],
    ['ignore', undefined],
  ])('takes %s', async (action, reason) => {
    const { ask, ring, connect } = await openPage();
    const callId = ring();

    const { status } = await ask(`/api/calls/${callId}/${action}`, { method: 'POST', body: {} });

    expect(status).toBe(200);
    expect(connect.describeContact(callId).DisconnectReason).toBe(reason);
  });

  it('hangs up', async () => {
    const { ask, ring } = await openPage();
    const callId = ring();
    await ask(`/api/calls/${callId}/answer`, { method: 'POST' });

    const { body } = await ask(`/api/calls/${callId}/hang-up`, { method: 'POST' });

    expect(body.state).toBe('ended');
  });

  it.each([
    ['an unknown call', '/api/calls/none/answer', {}, 404],
    ['an unknown action', '/api/calls/ID/listen', {}, 404],
    ['keys before the call is answered', '/api/calls/ID/keys', { body: { keys: '1' } }, 409],
    ['hanging up what rings', '/api/calls/ID/hang-up', {}, 409],
    ['letters for keys', '/api/calls/ID/keys', { body: { keys: '12a' } }, 400],
    ['no keys', '/api/calls/ID/keys', {}, 400],
    ['an unknown field', '/api/calls/ID/keys', { body: { keys: '1', speed: 2 } }, 400],
    ['a body where none belongs', '/api/calls/ID/answer', { body: { by: 'me' } }, 400],
    ['broken JSON', '/api/calls/ID/keys', { body: '{"keys":' }, 400],
    ['text', '/api/calls/ID/keys', { body: '{"keys":"1"}', headers: { 'content-type': 'text/plain' } }, 415],
    ['a body that is too long', '/api/calls/ID/keys', { body: { keys: '1'.repeat(70_000) } }, 413],
    ['another method', '/api/calls/ID/answer', { method: 'PUT' }, 405],
  ])('refuses %s with a clear error', async (_what, path, asked, status) => {
    const { ask, ring } = await openPage();

    const answer = await ask(path.replace('ID', ring()), { method: 'POST', ...asked });

    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status, detail: expect.stringMatching(/\.$/) });
  });

  it('points to the field that is wrong', async () => {
    const { ask, ring } = await openPage();

    const { body } = await ask(`/api/calls/${ring()}/keys`, { body: { keys: '12a' } });

    expect(body.errors).toEqual([{ pointer: '#/keys', detail: 'must be 1 to 50 of 0-9, * and #' }]);
  });
});
