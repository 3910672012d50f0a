import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { sesCarrier, type Mail } from '../../../../shared/delivery/email-carrier.ts';
import { mailboxOf } from '../../../../shared/delivery/mailbox.ts';

const ses = mockClient(SESClient);
beforeEach(() => ses.reset());

const carrier = sesCarrier('no-reply@example.com');
const mail: Mail = {
  to: 'ada@example.com', fromName: 'Acme', subject: 'Hello', text: 'text', html: '<p>text</p>', about: { user: 'user-key', challenge: 'chl_1' },
};
const named = (name: string): Error => Object.assign(new Error('no'), { name });

describe('the carrier on Amazon SES', () => {
  it('sends one mail, as text and as HTML, tagged with whom it is about', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'mail-1' });

    expect(await carrier.send(mail)).toEqual({ outcome: 'sent', messageId: 'mail-1' });

    const Charset = 'UTF-8';
    expect(ses.call(0).args[0].input).toEqual({
      Source: '"Acme" <no-reply@example.com>',
      Destination: { ToAddresses: ['ada@example.com'] },
      Message: { Subject: { Data: 'Hello', Charset }, Body: { Text: { Data: 'text', Charset }, Html: { Data: '<p>text</p>', Charset } } },
      Tags: [{ Name: 'user', Value: 'user-key' }, { Name: 'challenge', Value: 'chl_1' }],
    });
  });

  it.each(['MessageRejected', 'MailFromDomainNotVerified', 'MailFromDomainNotVerifiedException', 'ConfigurationSetSendingPausedException', 'AccountSendingPausedException', 'InvalidParameterValue'])(
    'takes %s for an answer: trying again would change nothing',
    async (name) => {
      ses.on(SendEmailCommand).rejects(named(name));

      expect(await carrier.send(mail)).toMatchObject({ outcome: 'refused', reason: expect.stringContaining(name) as string });
    },
  );

  it.each(['ServiceUnavailable', 'ThrottlingException', 'TimeoutError'])('fails on %s', async (name) => {
    ses.on(SendEmailCommand).rejects(named(name));

    await expect(carrier.send(mail)).rejects.toThrow('no');
  });

  it('does not take an answer without an id for a mail', async () => {
    ses.on(SendEmailCommand).resolves({});

    await expect(carrier.send(mail)).rejects.toThrow('without a message id');
  });
});

describe('a name beside an address', () => {
  it.each([
    ['Acme Corporation', '"Acme Corporation" <a@example.com>'],
    ['', 'a@example.com'],
    ['Café', '=?UTF-8?B?Q2Fmw6k=?= <a@example.com>'],
    ['"A" <b@example.com>', '=?UTF-8?B?IkEiIDxiQGV4YW1wbGUuY29tPg==?= <a@example.com>'],
  ])('%j is written as %j', (name, mailbox) => {
    expect(mailboxOf(name, 'a@example.com')).toBe(mailbox);
  });

  it('is plain ASCII on one line, in words of at most 75 characters, and reads as it was (RFC 2047)', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(name, (text) => {
        const written = mailboxOf(text, 'a@example.com');
        expect(written).toMatch(/^[ -~]+ <a@example\.com>$/);
        const words = [...written.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)];
        for (const [word] of words) expect(word.length).toBeLessThanOrEqual(75);
        const read = words.length > 0 ? words.map(([, base64 = '']) => Buffer.from(base64, 'base64').toString()).join('') : written.slice(1, written.indexOf('" <'));
        expect(read).toBe(text);
      }),
    );
  });
});
