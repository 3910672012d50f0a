import { beforeAll, describe, expect, it } from 'vitest';
import { coarseNetwork, listActivity } from '../../../../shared/audit/list-activity.ts';
import { day, minute } from '../../../../shared/platform/clock.ts';
import { homeKeys } from '../../../../shared/platform/object-id.ts';
import type { DecisionEvent } from '../../../../shared/user-state/decision.ts';
import { eventWrites, refusalUpdate, type RequestContext } from '../../../../shared/user-state/event-item.ts';
import { makeStage, testStart, type Stage } from '../../../support/stage.ts';

const portal: RequestContext = { requestId: 'request-1', door: 'api', clientId: 'client-1', ipAddress: '192.0.2.1', userAgent: 'portal/1.0' };
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const challengeId = (number: number): Uint8Array => new Uint8Array(16).fill(number);
const factorId = new Uint8Array(8).fill(7);

let stage: Stage;

async function add(userId: string, version: number, events: readonly DecisionEvent[], context: RequestContext = portal, at = testStart + version * minute): Promise<void> {
  const home = { ...homeKeys(stage.keys, 'acme', userId), organizationId: 'acme', userId };
  await stage.table.transact(eventWrites(stage.table.name, home, version, events, context, at));
}

const list = (userId: string, limit = 50, cursor?: string) =>
  listActivity(
    { ...stage.deps, clock: { now: () => testStart + 31 * day } },
    { userKey: homeKeys(stage.keys, 'acme', userId).userKey, self: `acme/${userId}`, limit, ...(cursor === undefined ? {} : { cursor }) },
  );

beforeAll(async () => {
  stage = await makeStage();
  const soon = testStart + 2 * day;
  await add('ada', 1, [{ kind: 'factor-added', factorId, detail: { kind: 'totp' } }], portal, testStart);
  await add('ada', 2, [{ kind: 'challenge-started', challengeId: challengeId(1), detail: { purpose: 'sign-in', audience: 'vpn', ipAddress: '203.0.113.77', userAgent: firefox } }], portal, soon);
  await add('ada', 3, [{ kind: 'challenge-approved', challengeId: challengeId(1), factorId, detail: { method: 'totp', verdict: 'right' } }], portal, soon + 1000);
  await add('ada', 4, [{ kind: 'user-suspended', detail: { reason: 'a word about her' } }], { ...portal, actor: 'acme/boss' }, soon + 2000);
  await add('ada', 5, [{ kind: 'factor-renamed', factorId }], { ...portal, door: 'page', actor: 'acme/ada', ipAddress: '2001:db8:85a3::1', userAgent: firefox }, soon + 3000);
  await add('bob', 1, [{ kind: 'factor-added', factorId, detail: { kind: 'totp' } }], portal, soon);
  const home = { ...homeKeys(stage.keys, 'acme', 'ada'), organizationId: 'acme', userId: 'ada' };
  await stage.table.update(refusalUpdate(home, { kind: 'start-refused' }, portal, soon));
});

describe('what happened to a person', () => {
  it('is read newest first, for thirty days, with the way, what it was for and from where it was begun', async () => {
    const { events, cursor } = await list('ada');

    expect(events.map(({ kind }) => kind)).toEqual(['factor-renamed', 'user-suspended', 'challenge-approved']);
    expect(events[2]).toMatchObject({ method: 'totp', purpose: 'sign-in', audience: 'vpn', from: { network: '203.0.x.x', browser: 'Firefox', system: 'Linux' } });
    expect(cursor).toBeUndefined();
  });

  it('says no more of others than that an administrator did something, and nothing of a portal\'s own address', async () => {
    const { events } = await list('ada');
    const [own, others] = events;

    expect(own).toMatchObject({ by: 'self', from: { network: '2001:db8:…' } });
    expect(others).toMatchObject({ by: 'administrator' });
    expect(JSON.stringify(events)).not.toMatch(/boss|a word about her|192\.0\.2|portal\/1|113\.77/);
  });

  it('is paged without losing where a sign-in was begun, and no cursor leads to another person', async () => {
    const first = await list('ada', 2);
    const second = await list('ada', 2, first.cursor);

    expect([...first.events, ...second.events].map(({ kind }) => kind)).toEqual(['factor-renamed', 'user-suspended', 'challenge-approved']);
    expect(second.events[0]).toMatchObject({ audience: 'vpn' });
    await expect(list('bob', 2, first.cursor)).rejects.toMatchObject({ problem: 'cursor-invalid' });
  });
});

describe('a network', () => {
  it.each([['203.0.113.77', '203.0.x.x'], ['2001:db8:85a3::1', '2001:db8:…'], ['::1', undefined], ['nonsense', undefined], [undefined, undefined]])('of %s is shown as %s', (address, network) => {
    expect(coarseNetwork(address)).toBe(network);
  });
});
