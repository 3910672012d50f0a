import { describe, expect, it } from 'vitest';

import { createOutbox, OutboxError, type Submission } from '../../../local/outbox/outbox.ts';

const sms = { channel: 'sms', to: '+12025550142', from: '+12025550100', text: 'Hello' } as const;
const mail = {
  channel: 'email',
  to: 'ada@example.com',
  from: 'Acme <mfa@example.com>',
  subject: 'Hello',
  text: 'Hello',
} as const;

function refusal(submission: Submission): OutboxError {
  try {
    createOutbox({ now: () => 0 }).accept(submission);
  } catch (error) {
    if (error instanceof OutboxError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('createOutbox', () => {
  it.each([
    ['a number that is not E.164', { ...sms, to: '2025550142' }, 'InvalidParameter'],
    ['an empty text', { ...sms, text: '' }, 'InvalidParameter'],
    ['a text of more than 1600 characters', { ...sms, text: 'x'.repeat(1601) }, 'InvalidParameter'],
    ['a mail to nobody', { ...mail, to: 'ada' }, 'InvalidParameterValue'],
    ['a mail from nobody', { ...mail, from: 'mfa' }, 'InvalidParameterValue'],
    ['a header in an address', { ...mail, to: 'ada@example.com\r\nBcc: eve@example.com' }, 'InvalidParameterValue'],
    ['a header in a subject', { ...mail, subject: 'Hi\r\nBcc: eve@example.com' }, 'InvalidParameterValue'],
    ['a push to nothing', { ...sms, channel: 'push', to: '' } as const, 'InvalidParameter'],
  ])('refuses %s', (_what, submission, name) => {
    expect(refusal(submission)).toMatchObject({ name, status: 400 });
  });

  it('finds an address in any case', () => {
    const outbox = createOutbox({ now: () => 0 });

    outbox.accept(mail);

    expect(outbox.list('Ada@Example.com')).toHaveLength(1);
    expect(outbox.list('eve@example.com')).toEqual([]);
  });

  it('stops telling those who no longer listen', () => {
    const outbox = createOutbox({ now: () => 0 });
    const heard: unknown[] = [];
    const stop = outbox.listen((event) => heard.push(event));
    const messageId = outbox.accept(sms);

    outbox.reply(messageId, { text: 'one' });
    stop();
    outbox.reply(messageId, { text: 'two' });

    expect(heard).toHaveLength(1);
  });
});
