import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EmailCarrier, Mail, SentMail } from '../../../../shared/delivery/email-carrier.ts';
import { administratorsMail, noticeMail } from '../../../../shared/delivery/notices.ts';
import { sendNotice, type NoticeOfEvent } from '../../../../shared/delivery/send-notice.ts';
import { minute } from '../../../../shared/platform/clock.ts';
import { makeStage, testStart, type Stage, type TestUser } from '../../../support/stage.ts';

let stage: Stage;
let user: TestUser;
let mails: Mail[];
let isDown: boolean;
let answer: SentMail;
beforeEach(async () => {
  stage = await makeStage();
  const organization = await stage.makeOrganization({ name: 'Acme\r\nBcc: x@example.com', support: { name: 'Acme Support', url: 'https://support.example.com' } });
  user = await stage.makeUser(organization, {}, { email: 'ada@example.com' });
  [mails, isDown, answer] = [[], false, { outcome: 'sent', messageId: 'mail-1' }];
});

function tell(event: Partial<NoticeOfEvent> = {}) {
  const email: EmailCarrier = {
    send: (mail) => {
      if (isDown) return Promise.reject(new Error('SES is down'));
      mails.push(mail);
      return Promise.resolve(answer);
    },
  };
  return sendNotice({ ...stage, email }, { notice: 'user-locked', userKey: user.home.userKey, at: testStart, event: 'event-1', ...event });
}

describe('sendNotice', () => {
  it('tells a user by mail, in words without anything secret or to click (P12)', async () => {
    expect(await tell()).toBe('sent');

    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toBe('ada@example.com');
    expect(mails[0]?.text).toContain('When: January 15, 2030 at 12:00 UTC');
    expect(mails[0]?.text).toContain('Acme Support');
    expect(mails[0]?.text).not.toMatch(/https?:/);
  });

  it('keeps other people’s text out of the header (A84)', async () => {
    await tell();

    expect(mails[0]?.subject).not.toMatch(/[\r\n]/);
    expect(mails[0]?.subject).toMatch(/^Acme Bcc: x＠example․com: Your sign-in is locked/);
  });

  it('tells of one event once, however often the stream brings it (X8)', async () => {
    const outcomes = [await tell(), await tell(), await tell()];

    expect(outcomes).toEqual(['sent', 'told-already', 'told-already']);
    expect(mails).toHaveLength(1);
  });

  it('tells of locks once in a quarter of an hour, so that nobody bombs a mailbox with them (A109)', async () => {
    await tell();
    expect(await tell({ event: 'event-2', at: testStart + 14 * minute })).toBe('told-already');

    expect(await tell({ event: 'event-3', at: testStart + 15 * minute })).toBe('sent');
  });

  it('tells of every change, however close together (I14)', async () => {
    expect(await tell({ notice: 'factor-removed' })).toBe('sent');
    expect(await tell({ notice: 'factor-removed', event: 'event-2' })).toBe('sent');
    expect(mails).toHaveLength(2);
  });

  it('tells of it after all when the first try died before the mail went out', async () => {
    isDown = true;
    await expect(tell()).rejects.toThrow('SES is down');
    isDown = false;

    expect(await tell()).toBe('sent');
    expect(mails).toHaveLength(1);
  });

  it('tells the former address too, as long as a taken-over account would want it not to be told', async () => {
    const organization = await stage.makeOrganization();
    const moved = await stage.makeUser(organization, { userId: 'u-2' }, { email: 'new@example.com', formerEmail: { address: 'old@example.com', until: testStart + 1 } });

    await tell({ userKey: moved.home.userKey, notice: 'user-changed' });

    expect(mails.map(({ to }) => to)).toEqual(['old@example.com', 'new@example.com']);
  });

  it.each(['bounced', 'complained'] as const)('tells nobody at an address that is marked as %s, and the former one all the same', async (emailProblem) => {
    const organization = await stage.makeOrganization();
    const changes = { email: 'gone@example.com', emailProblem };
    const [silent, moved] = [
      await stage.makeUser(organization, { userId: 'u-2' }, changes),
      await stage.makeUser(organization, { userId: 'u-3' }, { ...changes, formerEmail: { address: 'old@example.com', until: testStart + 1 } }),
    ];

    expect(await tell({ userKey: silent.home.userKey })).toBe('no-address');
    expect(await tell({ userKey: moved.home.userKey })).toBe('sent');
    expect(mails.map(({ to }) => to)).toEqual(['old@example.com']);
  });

  it('writes in the language of the user, in the name of the organization, and says whose mail it is', async () => {
    const organization = await stage.makeOrganization({ name: 'Café Ácme' });
    const ines = await stage.makeUser(organization, { userId: 'u-2' }, { locale: 'es-419' });

    await tell({ userKey: ines.home.userKey });

    expect(mails[0]).toMatchObject({
      subject: 'Café Ácme: Su inicio de sesión está bloqueado por ahora',
      fromName: 'Café Ácme',
      about: { user: ines.home.userKey },
      html: expect.stringContaining('<html lang="es">') as string,
    });
  });

  it('is done with a mail that the carrier refuses: another try would be refused as well', async () => {
    answer = { outcome: 'refused', reason: 'MessageRejected' };

    expect([await tell(), await tell()]).toEqual(['refused', 'told-already']);
  });

  it('has nobody to tell when the user is gone, and no words for a notice of tomorrow', async () => {
    expect(await tell({ userKey: 'nobody' })).toBe('no-address');
    expect(await tell({ notice: 'constructor' })).toBe('unknown-notice');
    expect(mails).toEqual([]);
  });
});

describe('the words of notices', () => {
  it('are there for every notice that any decision gives', () => {
    const shared = fileURLToPath(new URL('../../../../shared', import.meta.url));
    const files = readdirSync(shared, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const sources = files.map((name) => readFileSync(join(shared, name), 'utf8')).join('\n');
    const given = new Set([...sources.matchAll(/notice: '([a-z-]+)'/g)].map(([, name = '']) => name));
    for (const kind of ['factor-added', 'factor-changed', 'factor-removed', 'user-locked']) given.add(kind);

    const of = { language: 'en', organizationName: 'Acme', at: 0, user: '' } as const;
    const wordless = [...given].filter((notice) => (noticeMail(notice, of) ?? administratorsMail(notice, of)) === undefined);

    expect(given.size).toBeGreaterThan(8);
    expect(wordless).toEqual([]);
  });
});
