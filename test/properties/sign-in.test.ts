import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { itemSize } from '../../bench/counts/item-size.ts';
import { untilReviewed } from '../../shared/user-state/failures.ts';
import { toUserStateItem } from '../../shared/user-state/user-state-item.ts';
import type { Factor } from '../../shared/user-state/factor.ts';
import type { UserState } from '../../shared/user-state/user-state.ts';
import { command, type Command } from './sign-in-commands.ts';
import { SignInRun } from './sign-in-run.ts';

/** Of each property; about a hundred commands a run. COUNTERSIGN_RUNS=10000 runs about seven million. */
const numRuns = Number(process.env['COUNTERSIGN_RUNS'] ?? 120);
const life = fc.array(command, { maxLength: 200, size: 'max' });

let total = 0;
afterAll(() => {
  if (total < 500 * numRuns) throw new Error(`only ${String(total)} commands were run`);
});

function property(check: (run: SignInRun, commands: readonly Command[]) => void): void {
  fc.assert(
    fc.property(life, (commands) => {
      total += commands.length;
      check(new SignInRun(), commands);
    }),
    { numRuns },
  );
}

const pendingOf = ({ challenges }: UserState) => challenges.filter(({ status }) => status === 'pending');

const countersOf = (factor: Factor) => ({
  isDisabled: factor.status === 'disabled',
  failures: factor.failures ?? 0,
  wrongPins: factor.kind === 'phone' ? (factor.pinFailures ?? 0) : 0,
});

/** Everything that decides, as the model has it. */
function expectSame({ product: { state }, model: { guessing } }: SignInRun): void {
  const { app: one, spare: other, phone } = guessing.factors;
  const expected = [one, other, phone].map(({ disabled, failures, wrongPins }) => ({ isDisabled: disabled, failures, wrongPins }));
  expect(state.factors.map(countersOf)).toEqual(expected);
  expect(state.locks ?? 0).toBe(guessing.locks);
  const until = guessing.lockAt(state.lastAt);
  expect(state.lock?.until).toBe(until === Infinity ? untilReviewed : until);
}

describe('a user signing in', () => {
  it('comes to what the security document says, whatever is done and in whatever order', () => {
    property((run, commands) => {
      for (const each of commands) {
        const step = run.run(each);
        // The item remembers two unused results, and no more: an older one is as if it had run out.
        const isForgotten = each.do === 'redeem' && step.product === 'result-expired' && step.model !== step.product;
        if (!isForgotten) expect(step, JSON.stringify(step)).toMatchObject({ product: step.model });
      }
      expectSame(run);
    });
  });

  it('is approved at most once for each challenge (I1), and never while locked or suspended (I4)', () => {
    property((run, commands) => {
      const approved: (string | undefined)[] = [];
      for (const each of commands) {
        const before = run.product.state;
        const step = run.run(each);
        if (step.product !== 'approved') continue;
        approved.push(step.challenge);
        expect(before.suspendedAt).toBeUndefined();
        expect(before.lock === undefined || before.lock.until <= run.product.clock).toBe(true);
      }
      expect(new Set(approved).size).toBe(approved.length);
    });
  });

  it('is never approved by a step that was accepted before, nor by an older one (I2)', () => {
    property((run, commands) => {
      const used = [-1, -1];
      for (const each of commands) {
        const { product } = run.run(each);
        const steps = run.product.state.factors.slice(0, 2).map((factor) => (factor.kind === 'totp' ? (factor.lastStep ?? -1) : -1));
        const isByCode = product === 'approved' && (each.do === 'answer' || each.do === 'start-with');
        const name = isByCode && each.factor === 'spare' ? 1 : 0;
        if (isByCode) expect(steps[name]).toBeGreaterThan(used[name] ?? 0);
        else expect(steps).toEqual(used);
        used.splice(0, 2, ...steps);
      }
    });
  });

  it('is told of at most five wrong answers between two locks or successes (I3)', () => {
    property((run, commands) => {
      let revealed = 0;
      for (const each of commands.filter((one) => one.do !== 'rules' && one.do !== 'unlock')) {
        const { lock, lastAt, version } = run.product.state;
        run.run(each);
        const events = run.product.state.version > version ? (run.product.commits.at(-1)?.events ?? []) : [];
        const isLockOver = lock !== undefined && Math.max(run.product.clock, lastAt) >= lock.until;
        if (isLockOver) revealed = 0;
        if (events.includes('answer-wrong')) revealed += 1;
        expect(revealed).toBeLessThanOrEqual(5);
        if (events.includes('challenge-approved')) revealed = 0;
      }
    });
  });

  it('never fills the item beyond its caps, whoever asks for what (A103)', () => {
    property((run, commands) => {
      for (const each of commands) {
        run.run(each);
        const { state } = run.product;
        expect(pendingOf(state).length).toBeLessThanOrEqual(3);
        expect(state.challenges.length).toBeLessThanOrEqual(6);
        expect(state.receipts.length).toBeLessThanOrEqual(9);
        expect(itemSize(toUserStateItem('k'.repeat(22), state))).toBeLessThanOrEqual(2048);
      }
    });
  });

  it('moves its version only in ways that are counted: starts, sends, answers, legs and what administrators do', () => {
    property((run, commands) => {
      for (const each of commands) {
        const before = run.product.state.version;
        const { product } = run.run(each);
        const isRefused = ['over', 'nothing', 'under-way', 'answer-used', 'factor-not-usable', 'too-many-challenges', 'too-many-sends'].includes(product);
        if (isRefused || each.do === 'wait' || each.do === 'set-back' || each.do === 'rules') expect(run.product.state.version).toBe(before);
        else expect(run.product.state.version).toBeLessThanOrEqual(before + 1);
      }
      expect(run.product.commits.every(({ events }) => events.length > 0)).toBe(true);
      expect(run.product.commits.map(({ version }) => version)).toEqual(run.product.commits.map((_, position) => position + 2));
    });
  });

  it('decides the same with a clock that was set back as with one that stood still (X20)', () => {
    const setBack = fc.integer({ min: 1, max: 100_000_000 });
    const twice = fc.property(life, command, setBack, (commands, last, milliseconds) => {
      const [one, other] = [new SignInRun(), new SignInRun()];
      for (const each of commands.filter(({ do: what }) => what !== 'set-back')) for (const run of [one, other]) run.run(each);
      one.product.clock = one.product.state.lastAt;
      other.product.clock = other.product.state.lastAt - milliseconds;
      const isOfNow = 'code' in last && typeof last.code === 'object';

      const results = [one, other].map((run) => (isOfNow || last.do === 'wait' ? '' : run.run(last).product));

      expect(results[0]).toBe(results[1]);
      expect(one.product.state.lock).toEqual(other.product.state.lock);
      expect(one.product.state.lastAt).toBe(other.product.state.lastAt);
    });
    fc.assert(twice, { numRuns });
  });
});
