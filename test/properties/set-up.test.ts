import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { methodNames } from '../../shared/user-state/methods.ts';
import { SetUpWorld, type Person } from './set-up-world.ts';

const numRuns = 4 * Number(process.env['COUNTERSIGN_RUNS'] ?? 120);

const person = fc.constantFrom<Person>('owner', 'thief');
const nth = fc.integer({ min: 0, max: 2 });
const changes = fc.constantFrom({ label: 'Mine' }, { status: 'active' as const }, { status: 'inactive' as const }, { own: { method: 'call' as const } }, { own: { numbers: [] } });

const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('start' as const), person }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), person }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('add' as const), person, kind: fc.constantFrom('totp' as const, 'phone' as const) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('confirm' as const), person }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('call' as const), person, signsIn: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('change' as const), person, nth, changes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), person, nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 400 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('policy' as const), methods: fc.constantFrom<readonly string[]>(methodNames, ['totp'], ['phone:call']) }) },
);
type Act = typeof act extends fc.Arbitrary<infer Each> ? Each : never;

function perform(world: SetUpWorld, each: Act): void {
  if (each.do === 'wait') world.clock += each.seconds * 1000;
  else if (each.do === 'policy') world.policy = { ...world.policy, methods: each.methods };
  else if (each.do === 'add') world.add(each.person, each.kind);
  else if (each.do === 'call') world.call(each.person, each.signsIn);
  else if (each.do === 'change') world.change(each.person, each.nth, each.changes);
  else if (each.do === 'remove') world.remove(each.person, each.nth);
  else world[each.do](each.person);
}

const resultsOf = (world: SetUpWorld): string[] => world.state.challenges.flatMap(({ approval }) => (approval ? [Buffer.from(approval.resultId).toString('hex')] : []));

interface Happened {
  readonly world: SetUpWorld;
  readonly each: Act;
  /** Whose devices were in use before. */
  readonly inUse: Set<Person>;
  readonly isApproved: boolean;
}

function afterEach(check: (happened: Happened) => void): void {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60, size: 'max' }), (acts) => {
      const world = new SetUpWorld();
      for (const each of acts) {
        const [inUse, before] = [world.inUse, resultsOf(world)];
        perform(world, each);
        check({ world, each, inUse, isApproved: resultsOf(world).some((result) => !before.includes(result)) });
      }
    }),
    { numRuns },
  );
}

describe('setting up, with somebody else who knows the password', () => {
  it('never lets one person’s device stand beside another’s: whoever was first decides (A56, I13)', () => {
    let contests = 0;
    afterEach(({ world }) => {
      expect(world.inUse.size).toBeLessThanOrEqual(1);
      const proving = world.state.factors.filter(({ status }) => status === 'proving');
      if (new Set(proving.map(({ id }) => world.holderOf(id))).size > 1) contests += 1;
    });
    expect(contests).toBeGreaterThan(0);
  });

  it('approves nothing for one person while another’s device is in use', () => {
    let approvals = 0;
    afterEach(({ each, inUse, isApproved }) => {
      if (!isApproved || inUse.size === 0) return;
      approvals += 1;
      expect('person' in each && inUse.has(each.person)).toBe(true);
    });
    expect(approvals).toBeGreaterThan(0);
  });

  it('keeps to the caps: two apps, one telephone, three numbers, three pending challenges', () => {
    afterEach(({ world: { state } }) => {
      expect(state.factors.filter(({ kind }) => kind === 'totp').length).toBeLessThanOrEqual(2);
      expect(state.factors.filter(({ kind }) => kind === 'phone').length).toBeLessThanOrEqual(1);
      for (const factor of state.factors) if (factor.kind === 'phone') expect(factor.numbers.length).toBeLessThanOrEqual(3);
      expect(state.challenges.filter(({ status }) => status === 'pending').length).toBeLessThanOrEqual(3);
    });
  });
});
