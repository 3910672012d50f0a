import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appAnswer, type AppDecision } from '../../shared/factors/kinds/app.ts';
import { verifyAnswer } from '../../shared/factors/verify-answer.ts';
import { defaultRules } from '../../shared/policy/policy.ts';
import { decideAnswer } from '../../shared/sign-in/decide-answer.ts';
import { decideSend } from '../../shared/sign-in/decide-send.ts';
import { decideStart } from '../../shared/sign-in/decide-start.ts';
import { numberChoices } from '../../shared/sign-in/app/number-choices.ts';
import { isChanged, type Decision } from '../../shared/user-state/decision.ts';
import { findChallenge } from '../../shared/user-state/find.ts';
import type { AppFactor } from '../../shared/user-state/factor.ts';
import type { UserState } from '../../shared/user-state/user-state.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { buildOrganization, buildUserState, testKeyRing, testStart } from '../support/stage.ts';

const numRuns = 4 * Number(process.env['COUNTERSIGN_RUNS'] ?? 120);
const [keys, random] = [testKeyRing(), seededRandom('app')];
const policy = { ...defaultRules, methods: ['app:match', 'app:approve'], version: 1 };
const minute = 60_000;

const device = (position: number): Uint8Array => new Uint8Array(8).fill(position + 1);
const challengeAt = (position: number): Uint8Array => new Uint8Array(16).fill(position + 1);

interface Asked {
  readonly challenge: number;
  readonly send: number;
  readonly device: number;
  readonly at: number;
}

/** Two devices, and what happened to the person's item; nobody knows more of it than the decisions say. */
class AppModel {
  clock = testStart;
  started = 0;
  state: UserState;
  readonly approvals: { challenge: number; at: number; device: number; send: number; asked: Asked | undefined }[] = [];
  readonly asked: Asked[] = [];
  /** When something was pushed since the last approval, and so on for each approval before. */
  readonly unapproved: number[][] = [[]];

  constructor(method: AppFactor['method']) {
    const made = (position: number): AppFactor => ({ id: device(position), kind: 'app', status: 'active', createdAt: testStart, method, deviceKey: new Uint8Array(33) });
    this.state = { ...buildUserState(keys, random, buildOrganization(keys, random)), factors: [made(0), made(1)] };
  }

  private take<O>(decision: Decision<O>): O {
    if (isChanged(decision)) this.state = decision.next;
    return decision.outcome;
  }

  start(): void {
    const command = { challengeId: challengeAt(this.started), resultId: new Uint8Array(16), clientId: 'portal', audience: 'portal', purpose: 'sign-in', firstFactor: 'password', policy } as const;
    if (this.take(decideStart(this.state, command, this.clock)).status === 'pending') this.started += 1;
  }

  push(challenge: number, to: number): void {
    const command = { challengeId: challengeAt(challenge), factorId: device(to), policy, isUnderWay: false, keep: () => ({ show: '42' }) };
    const outcome = this.take(decideSend(this.state, command, this.clock));
    if (outcome.status !== 'sent') return;
    this.unapproved.at(-1)?.push(this.clock);
    this.asked.push({ challenge, send: outcome.send, device: to, at: this.clock });
  }

  answer(challenge: number, from: number, send: number, decision: AppDecision, number: string): void {
    const [challengeId, factorId] = [challengeAt(challenge), device(from)];
    const [found, factor] = [findChallenge(this.state, challengeId), this.state.factors[from]];
    const answered = { answer: appAnswer(decision, number), channel: 'app', state: this.state, challenge: found, now: this.clock, keys, policy, userKey: () => keys.codes } as const;
    const verdict = factor && verifyAnswer({ factor, ...answered });
    const command = { challengeId, factorId, verdict: verdict ?? { is: 'nothing' }, channel: 'app', policy, resultId: new Uint8Array(16), call: { send } } as const;
    const outcome = this.take(decideAnswer(this.state, command, this.clock));
    if (outcome.status !== 'approved') return;
    this.approvals.push({ challenge, at: this.clock, device: from, send, asked: this.asked.at(-1) });
    this.unapproved.push([]);
  }
}

const which = fc.integer({ min: 0, max: 5 });
const side = fc.integer({ min: 0, max: 1 });
const act = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('start' as const) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('push' as const), which, side }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('answer' as const), which, side, send: fc.integer({ min: 1, max: 3 }), decision: fc.constantFrom<AppDecision>('approve', 'approve', 'decline'), number: fc.constantFrom('42', '42', '17') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, 20, 59, 60, 300, 1800) }) },
);

function afterAll(method: AppFactor['method'], check: (model: AppModel) => void): void {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 80, size: 'max' }), (acts) => {
      const model = new AppModel(method);
      for (const each of acts) {
        const last = Math.max(0, model.started - 1);
        if (each.do === 'start') model.start();
        else if (each.do === 'wait') model.clock += each.seconds * 1000;
        else if (each.do === 'push') model.push(Math.max(0, last - each.which), each.side);
        else model.answer(Math.max(0, last - each.which), each.side, each.send, each.decision, each.number);
      }
      check(model);
    }),
    { numRuns },
  );
}

describe.each(['approve', 'match'] as const)('an app with %s, whoever starts, asks and answers', (method) => {
  it('approves each challenge at most once, and only what that very device was asked within the minute (I1, I7, D19)', () => {
    let seen = 0;
    afterAll(method, ({ approvals }) => {
      seen += approvals.length;
      expect(new Set(approvals.map(({ challenge }) => challenge)).size).toBe(approvals.length);
      // What was approved is what was pushed last: no other is outstanding.
      for (const { asked, at, ...approval } of approvals) {
        expect(asked).toMatchObject(approval);
        expect(at - (asked?.at ?? 0)).toBeLessThan(minute);
      }
    });
    // Of random runs few get that far: it is enough that some do.
    expect(seen).toBeGreaterThan(numRuns / 100);
  });

  it('asks at most five times in an hour between two approvals (D19)', () => {
    afterAll(method, ({ unapproved }) => {
      for (const times of unapproved) {
        for (const at of times) expect(times.filter((other) => other > at - 60 * minute && other <= at).length).toBeLessThanOrEqual(5);
      }
    });
  });
});

describe('the numbers to choose from', () => {
  it('are three, the shown one among them, and always the same for one send', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 10, max: 99 }), (id, send, shown) => {
        const numbers = numberChoices(keys, id, send, String(shown));
        expect(new Set(numbers).size).toBe(3);
        expect(numbers).toContain(String(shown));
        expect(numbers.every((number) => /^[1-9]\d$/.test(number))).toBe(true);
        expect(numberChoices(keys, id, send, String(shown))).toEqual(numbers);
      }),
      { numRuns },
    );
  });
});
