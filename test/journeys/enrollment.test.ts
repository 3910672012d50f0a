import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startWorld, type World } from './local-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const order = { item: 'phone', quantity: 3, agreementVersion: '', agreementAccepted: true };
  const options = await world.api('GET', `/v1/organizations/${world.organizationId}/order-options`);
  const placed = await world.api('POST', `/v1/organizations/${world.organizationId}/orders`, { ...order, agreementVersion: options.body.agreement.version });
  expect(placed.status).toBe(201);
}, 120_000);
afterAll(async () => {
  await world.stack.stop();
});

const pathOf = (userId: string) => `/v1/organizations/${world.organizationId}/users/${userId}`;
const addressOf = (userId: string) => `${userId}@acme.example`;
const number = { kind: 'phone', country: 'US/CA', phoneNumber: '202 555 0177' };
const used = async () => (await world.api('GET', `/v1/organizations/${world.organizationId}/licenses`)).body.phone.used as number;
const hours = (count: number) => world.advance(count * 3600);

interface Mail {
  readonly subject: string;
  readonly text: string;
}
const mailsTo = async (to: string): Promise<Mail[]> => (await world.phone('GET', `/api/messages?to=${encodeURIComponent(to)}`)).body as Mail[];
const invitationsTo = async (userId: string) => (await mailsTo(addressOf(userId))).filter(({ text }) => text.includes('/registration#'));
const linkIn = ({ text }: Mail) => /http\S+#\S+/.exec(text)?.[0] ?? '';

async function invitations(userId: string, count: number): Promise<Mail[]> {
  return eventually(`${String(count)} invitations to ${userId}`, async () => {
    const mails = await invitationsTo(userId);
    return mails.length >= count ? mails : undefined;
  });
}

async function enable(userId: string, body: Record<string, unknown> = number, identity = 'local') {
  await world.makeUser(userId);
  if (identity === 'sso') await world.api('PUT', pathOf(userId), { displayName: userId, email: addressOf(userId), emailVerified: true, identity });
  const created = await world.api('POST', `${pathOf(userId)}/enrollments`, body);
  expect([created.status, created.body.state]).toEqual([201, 'invited']);
  return created.body as { enrollmentId: string };
}

const stateOf = async (userId: string, { enrollmentId }: { enrollmentId: string }) => (await world.api('GET', `${pathOf(userId)}/enrollments/${enrollmentId}`)).body.state as string;
const becomes = (userId: string, enrollment: { enrollmentId: string }, state: string) =>
  eventually(`the enrollment of ${userId} is ${state}`, async () => ((await stateOf(userId, enrollment)) === state ? true : undefined));

/** As the page does when its person presses "Start". */
async function press(link: string): Promise<number> {
  const { pagesUrl } = world.stack.running;
  const headers = { 'content-type': 'application/json', origin: pagesUrl, 'sec-fetch-site': 'same-origin' };
  return (await fetch(`${pagesUrl}/page/session`, { method: 'POST', headers, body: JSON.stringify({ token: link.split('#')[1] }) })).status;
}

describe('an enrollment, from the administrator to the telephone', () => {
  it('is invited, reminded once with the same link, and over after a day; the administrators hear of it', async () => {
    await world.api('PUT', pathOf('boss'), { displayName: 'Bo Ss', email: addressOf('boss'), emailVerified: true, identity: 'local', role: 'administrator' });
    const before = await used();
    const enrollment = await enable('ann');
    const [invitation] = await invitations('ann', 1);
    expect([await used(), (await world.api('GET', pathOf('ann'))).body.mfa]).toEqual([before + 1, 'invited']);
    expect(invitation?.text).toMatch(/Acme Corporation asks you to confirm your sign-ins/);

    await hours(12);
    const [, reminder] = await invitations('ann', 2);
    expect([reminder?.subject, linkIn(reminder as Mail)]).toEqual([expect.stringContaining('Reminder'), linkIn(invitation as Mail)]);
    expect(await stateOf('ann', enrollment)).toBe('reminded');

    await hours(12);
    await world.advance(1);
    await becomes('ann', enrollment, 'expired');
    expect([await used(), await press(linkIn(invitation as Mail)), (await invitationsTo('ann')).length]).toEqual([before, 410, 2]);
    await world.mail(addressOf('boss'), /was not used/);
  });

  it('leads somebody with SSO through the portal into the set-up, and is completed there (row 0.7)', async () => {
    const enrollment = await enable('sue', { kind: 'any' }, 'sso');
    const [invitation] = await invitations('sue', 1);
    const link = linkIn(invitation as Mail);
    expect([await press(link), await press(link)]).toEqual([201, 410]);
    await becomes('sue', enrollment, 'registering');

    const { status, challengeId, setupUrl } = (await world.start('sue', { firstFactor: 'sso' })).body;
    expect([status, setupUrl]).toEqual(['enrollment-required', expect.stringContaining('/set-up#')]);
    const added = await world.api('POST', `${pathOf('sue')}/factors`, { kind: 'totp', challengeId });
    const confirmed = await world.api('POST', `${pathOf('sue')}/factors/${added.body.factorId}/confirm`, { answer: await world.code(added.body.secret) });

    expect(confirmed.body.status).toBe('active');
    expect([await stateOf('sue', enrollment), (await world.api('GET', pathOf('sue'))).body.mfa]).toEqual(['completed', 'active']);
    await eventually('its workflow ends', () => Promise.resolve(world.stack.workflows.list().every(({ machineArn, status: how }) => !machineArn.endsWith('-enrollment') || how !== 'FAILED') ? true : undefined));
  });

  it('is invited anew by the helpdesk, and the old link is dead', async () => {
    await world.api('PUT', pathOf('help'), { displayName: 'He Lp', email: addressOf('help'), emailVerified: true, identity: 'local', role: 'helpdesk' });
    const actor = `${world.organizationId}/help`;
    const enrollment = await enable('tom');
    const [first] = await invitations('tom', 1);
    await world.advance(31);

    expect((await world.api('POST', `${pathOf('tom')}/enrollments`, number, { actor })).status).toBe(403);
    expect((await world.api('POST', `${pathOf('tom')}/enrollments/${enrollment.enrollmentId}/resend`, {}, { actor })).body).toMatchObject({ state: 'invited', invitations: 2 });
    const [, second] = await invitations('tom', 2);

    expect(linkIn(second as Mail)).not.toBe(linkIn(first as Mail));
    expect([await press(linkIn(first as Mail)), await press(linkIn(second as Mail))]).toEqual([410, 201]);
    expect((await world.api('POST', `${pathOf('tom')}/enrollments/${enrollment.enrollmentId}/cancel`, {}, { actor })).status).toBe(403);
    expect((await world.api('POST', `${pathOf('tom')}/enrollments/${enrollment.enrollmentId}/cancel`, {})).body.state).toBe('canceled');
  });

  it('ends when its mail comes back: the license is free again', async () => {
    const before = await used();
    await world.phone('POST', '/api/carriers/email', { bounce: addressOf('una') });
    const enrollment = await enable('una');

    await becomes('una', enrollment, 'undeliverable');

    expect([await used(), (await world.api('POST', `${pathOf('una')}/enrollments`, number)).status]).toEqual([before, 409]);
  });

  it('says the same to the same request, and refuses where no license is left', async () => {
    await world.makeUser('ida');
    const twice = await Promise.all([1, 2].map(() => world.api('POST', `${pathOf('ida')}/enrollments`, number, { idempotencyKey: 'enable-ida' })));
    expect(twice[0]?.body).toEqual(twice[1]?.body);

    const { bought, used: held } = (await world.api('GET', `/v1/organizations/${world.organizationId}/licenses`)).body.phone;
    const people = Array.from({ length: bought - held + 1 }, (_, each) => `many-${String(each)}`);
    for (const userId of people) await world.makeUser(userId);
    const created = await Promise.all(people.map((userId) => world.api('POST', `${pathOf(userId)}/enrollments`, number)));
    const refused = created.filter(({ status }) => status !== 201);

    expect(refused.map(({ status, body }) => [status, body.type, body.detail])).toEqual([
      [409, expect.stringContaining('no-license'), expect.stringContaining(`${String(bought)} bought, ${String(bought)} used`)],
    ]);
  });

  it('after a reset is the only way back in: the password alone does nothing (A74a)', async () => {
    await world.makeUser('lost');
    await world.addTotp('lost');
    const reset = await world.api('POST', `${pathOf('lost')}/reset`, { reason: 'lost the telephone' });
    expect([reset.status, reset.body.mfa, reset.body.factors, reset.body.enrollment?.state]).toEqual([200, 'invited', [], 'invited']);
    const [invitation] = await invitations('lost', 1);
    await world.mail(addressOf('lost'), /set up anew/);

    expect((await world.start('lost')).body).toMatchObject({ status: 'denied', reason: 'invitation-needed' });
    expect(await press(linkIn(invitation as Mail))).toBe(201);
    expect((await world.start('lost')).body.status).toBe('denied');
    expect((await world.start('lost', { firstFactor: 'sso' })).body.status).toBe('denied');
    expect((await world.api('POST', `${pathOf('lost')}/disable`, { reason: 'left' })).body.type).toContain('policy-forbids');
  });

  it('leaves no link and no whole number in any log or execution', () => {
    const executions = JSON.stringify(world.stack.workflows.list());

    expect(executions).toContain('enr_');
    for (const text of [world.logs(), executions]) {
      expect(text).not.toMatch(/registration#/);
      expect(text).not.toContain('2025550177');
    }
  });
});
