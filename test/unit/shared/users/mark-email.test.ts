import { beforeEach, describe, expect, it } from 'vitest';
import type { Organization } from '../../../../shared/organizations/organization.ts';
import { markRequest } from '../../../../shared/user-state/receipts.ts';
import { markEmail, type MailTrouble } from '../../../../shared/users/mark-email.ts';
import { putUser, type UserFields } from '../../../../shared/users/put-user.ts';
import { findUser } from '../../../../shared/users/user-store.ts';
import { summarizeUser } from '../../../../shared/users/user-view.ts';
import { makeStage, testStart, type Stage, type TestUser } from '../../../support/stage.ts';

let stage: Stage;
let organization: Organization;
let user: TestUser;
beforeEach(async () => {
  stage = await makeStage();
  organization = await stage.makeOrganization();
  user = await stage.makeUser(organization, {}, { email: 'Ada@example.com' });
});

const mark = (trouble: Partial<MailTrouble> = {}) =>
  markEmail(stage.deps, { userKey: user.home.userKey, addresses: ['ada@example.com'], problem: 'bounced', messageId: 'mail-1', ...trouble }, 'request-1');
const found = () => findUser(stage.table, user.home);
const events = async () => (await stage.items()).filter(({ sk }) => String(sk).startsWith('EVENT#')).map(({ kind }) => kind);

const fields = { displayName: 'Ada Example', email: 'Ada@example.com', identity: 'local' } as const;
let requests = 0;
async function put(changes: Partial<UserFields>) {
  const context = { requestId: 'request-2', door: 'api' } as const;
  const marked = markRequest(stage.keys, 'client-1', `r/${String((requests += 1))}`, []);
  return putUser(stage.deps, { organization, home: user.home, userId: 'u-1', found: await found(), fields: { ...fields, ...changes }, context, mark: marked });
}

describe('markEmail', () => {
  it.each(['bounced', 'complained'] as const)('marks the address as %s, writes it into the trail, and shows it', async (problem) => {
    expect(await mark({ problem })).toBe('marked');

    const { profile, state } = await found();
    expect(profile).toMatchObject({ emailProblem: problem, version: 2 });
    expect(await events()).toEqual([`email-${problem}`]);
    if (profile && state) expect(summarizeUser(profile, state, testStart)).toMatchObject({ emailProblem: problem });
  });

  it('does it once, however often the event comes (X8)', async () => {
    expect([await mark(), await mark(), await mark({ messageId: 'mail-2' })]).toEqual(['marked', 'marked-already', 'marked-already']);
    expect(await events()).toHaveLength(1);
  });

  it('lets one of two at once do it', async () => {
    const outcomes = await Promise.allSettled([mark(), mark()]);

    expect(outcomes.filter((each) => each.status === 'fulfilled' && each.value === 'marked')).toHaveLength(1);
    expect(await events()).toHaveLength(1);
  });

  it('leaves an address alone that took the place of the one that bounced', async () => {
    await put({ email: 'new@example.com' });

    expect(await mark()).toBe('other-address');
    expect((await found()).profile?.emailProblem).toBeUndefined();
  });

  it('knows nothing of a user who is gone', async () => {
    expect(await mark({ userKey: 'nobody' })).toBe('unknown-user');
  });
});

describe('the mark', () => {
  beforeEach(async () => {
    await mark();
  });

  it('goes with the address', async () => {
    const { profile } = await put({ email: 'new@example.com' });

    expect(profile.emailProblem).toBeUndefined();
    // Nothing reaches the former address either.
    expect(profile.formerEmail).toBeUndefined();
  });

  it('stays when anything else is put', async () => {
    expect((await put({ displayName: 'Ada B. Example', emailVerified: true })).profile.emailProblem).toBe('bounced');
  });

  it('goes when an administrator says that mail reaches the address again, and the trail says so', async () => {
    expect((await put({ emailProblem: null })).profile.emailProblem).toBeUndefined();
    expect(await events()).toEqual(['email-bounced', 'user-changed']);
  });
});
