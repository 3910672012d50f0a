import { beforeEach, describe, expect, it } from 'vitest';
import type { EmailCarrier, Mail } from '../../../../shared/delivery/email-carrier.ts';
import { sendNotice, type NoticeOfEvent } from '../../../../shared/delivery/send-notice.ts';
import { tellOfOrganization } from '../../../../shared/delivery/tell-administrators.ts';
import type { Organization } from '../../../../shared/organizations/organization.ts';
import { minute } from '../../../../shared/platform/clock.ts';
import { rowWrites } from '../../../../shared/users/user-store.ts';
import type { Profile } from '../../../../shared/users/profile.ts';
import { makeStage, testStart, type Stage, type TestUser } from '../../../support/stage.ts';

let stage: Stage;
let company: Organization;
let mails: Mail[];
let isDown: boolean;
beforeEach(async () => {
  stage = await makeStage();
  [mails, isDown] = [[], false];
  const reseller = await stage.makeOrganization({ organizationId: 'reseller' });
  company = await stage.makeOrganization({ organizationId: 'acme', parentId: 'reseller' });
  await makeUser(reseller, 'boss', { role: 'administrator' });
});

async function makeUser(organization: Organization, userId: string, changes: Partial<Profile> = {}): Promise<TestUser> {
  const user = await stage.makeUser(organization, { userId }, changes);
  await stage.table.transact(rowWrites(stage.table.name, user.home, undefined, user.profile));
  return user;
}

const email: EmailCarrier = {
  send: (mail) => {
    if (isDown) return Promise.reject(new Error('SES is down'));
    mails.push(mail);
    return Promise.resolve({ outcome: 'sent', messageId: 'mail-1' });
  },
};
const tell = ({ home }: TestUser, event: Partial<NoticeOfEvent>) =>
  sendNotice({ ...stage, email }, { notice: 'user-locked', userKey: home.userKey, at: testStart, event: 'event-1', ...event });
const toldTo = () => mails.map(({ to }) => to);

describe('the administrators of an organization', () => {
  it('are told of a lock and of a fraud report, by whom it is about, and members are not', async () => {
    await makeUser(company, 'admin', { role: 'administrator' });
    await makeUser(company, 'other', { role: 'administrator', suspended: true });
    await makeUser(company, 'clerk');
    const ada = await makeUser(company, 'ada', { displayName: 'Ada\nExample' });

    for (const notice of ['user-locked', 'fraud-reported']) await tell(ada, { notice });

    expect(toldTo()).toEqual(['ada@example.com', 'admin@example.com', 'ada@example.com', 'admin@example.com']);
    expect(mails[1]?.text).toContain('Ada Example (ada)');
    expect(mails.map(({ text }) => text).join('')).not.toMatch(/https?:/);
  });

  it("are their reseller's where a company has none", async () => {
    await tell(await makeUser(company, 'ada'), { notice: 'fraud-reported' });

    expect(toldTo()).toEqual(['ada@example.com', 'boss@example.com']);
  });

  it('are told of locks once in a quarter of an hour, however many are locked, and of every fraud report (A109)', async () => {
    const users = await Promise.all(['ada', 'bob', 'eve'].map((userId) => makeUser(company, userId)));
    for (const user of users) await tell(user, { event: `lock of ${user.state.userId}` });
    expect(toldTo().filter((to) => to === 'boss@example.com')).toHaveLength(1);

    for (const user of users) await tell(user, { notice: 'fraud-reported', event: `fraud at ${user.state.userId}` });
    await tell(users[0] as TestUser, { event: 'later', at: testStart + 15 * minute });

    expect(toldTo().filter((to) => to === 'boss@example.com')).toHaveLength(5);
  });

  it('are told once, and after all, when the first try failed or the stream brings it again (X8)', async () => {
    const ada = await makeUser(company, 'ada');
    isDown = true;
    await expect(tell(ada, {})).rejects.toThrow('SES is down');
    isDown = false;

    for (let count = 0; count < 3; count += 1) await tell(ada, {});

    expect(toldTo()).toEqual(['ada@example.com', 'boss@example.com']);
  });

  it('are told each in their own language, and not at an address that mail came back from', async () => {
    await makeUser(company, 'inés', { role: 'administrator', locale: 'es-MX', email: 'ines@example.com' });
    await makeUser(company, 'gone', { role: 'administrator', emailProblem: 'bounced' });
    await tell(await makeUser(company, 'ada', { emailProblem: 'complained' }), {});

    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([['ines@example.com', 'Acme Corporation: Se bloqueó un inicio de sesión']]);
  });

  it('are no longer told when they are administrators no more', async () => {
    const admin = await makeUser(company, 'admin', { role: 'administrator' });
    const next = { ...admin.profile, role: 'member' } as const;
    await stage.table.transact(rowWrites(stage.table.name, admin.home, admin.profile, next));

    await tell(await makeUser(company, 'ada'), {});

    expect(toldTo()).toEqual(['ada@example.com', 'boss@example.com']);
  });

  it('are told when everybody has to confirm from now on (D26)', async () => {
    const event = { notice: 'enforcement-started', organizationId: 'acme', at: testStart, event: 'event-1' };

    expect([await tellOfOrganization({ ...stage, email }, event), await tellOfOrganization({ ...stage, email }, event)]).toEqual([true, false]);

    expect(toldTo()).toEqual(['boss@example.com']);
    expect(await tellOfOrganization({ ...stage, email }, { ...event, organizationId: 'nobody' })).toBe(false);
    expect(await tellOfOrganization({ ...stage, email }, { ...event, notice: 'unknown' })).toBe(false);
  });
});

describe('a user', () => {
  it('is told of a wrong answer once in a quarter of an hour (A101)', async () => {
    const ada = await makeUser(company, 'ada');

    for (let count = 0; count < 5; count += 1) {
      await tell(ada, { notice: 'wrong-answer', event: `event-${String(count)}`, at: testStart + count * minute });
    }

    expect(toldTo()).toEqual(['ada@example.com']);
  });
});
