/** The product's reducers, driven one command after the other: each committed state goes through the item's form and back. */
import { createSecretKey } from 'node:crypto';
import { phone, hashPin } from '../../shared/factors/kinds/phone.ts';
import { totp } from '../../shared/factors/kinds/totp.ts';
import { sealBinding } from '../../shared/factors/kinds/factor-kind.ts';
import { seal } from '../../shared/platform/crypto/seal.ts';
import { defaultRules, type Policy } from '../../shared/policy/policy.ts';
import { decideAnswer } from '../../shared/sign-in/decide-answer.ts';
import { decideCancel } from '../../shared/sign-in/decide-cancel.ts';
import { decideLegEnd } from '../../shared/sign-in/decide-leg-end.ts';
import { decideRedeem } from '../../shared/sign-in/decide-redeem.ts';
import { decideSend } from '../../shared/sign-in/decide-send.ts';
import { decideStart } from '../../shared/sign-in/decide-start.ts';
import { keepChallenges } from '../../shared/user-state/decided-challenges.ts';
import { isChanged, type Decision } from '../../shared/user-state/decision.ts';
import { findChallenge, findFactor } from '../../shared/user-state/find.ts';
import { keepReceipts, writeReceipt } from '../../shared/user-state/receipts.ts';
import { fromUserStateItem, toUserStateItem } from '../../shared/user-state/user-state-item.ts';
import type { PhoneFactor, TotpFactor } from '../../shared/user-state/factor.ts';
import type { UserState } from '../../shared/user-state/user-state.ts';
import { decideSuspend, decideResume } from '../../shared/users/decide-suspend.ts';
import { decideUnlock } from '../../shared/users/decide-unlock.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { testKeyRing } from '../support/stage.ts';
import type { FactorName, Rules } from './guessing-model.ts';

export const start = Date.UTC(2030, 0, 15, 12, 0, 0);
export const rightPin = '482913';
export const secrets: Record<'app' | 'spare', Buffer> = { app: Buffer.alloc(20, 1), spare: Buffer.alloc(20, 2) };

const random = seededRandom('sign-in');
const keys = testKeyRing();
const userKey = createSecretKey(Buffer.alloc(32, 9));
const who = { organizationId: 'acme', userId: 'u-1' };
const ids: Record<FactorName, Uint8Array> = { app: new Uint8Array(8).fill(1), spare: new Uint8Array(8).fill(2), phone: new Uint8Array(8).fill(3) };

const app = (name: 'app' | 'spare'): TotpFactor => ({
  id: ids[name], kind: 'totp', status: 'active', createdAt: start,
  secret: new Uint8Array(seal(userKey, 1, secrets[name], sealBinding('totp', who, ids[name]), random)),
});
const telephone: PhoneFactor = {
  id: ids.phone, kind: 'phone', status: 'active', createdAt: start, method: 'call-pin', pin: hashPin(keys, who, ids.phone, rightPin),
  numbers: [{ slot: 'primary', number: new Uint8Array(40), proved: true }],
};

const firstState: UserState = {
  schema: 1, version: 1, ...who, wrappedKey: new Uint8Array(62), identity: 'local', createdAt: start, lastAt: start,
  factors: [app('app'), app('spare'), telephone], challenges: [], receipts: [],
};

const policyOf = ({ methods, wrongAnswers, lockMinutes }: Rules): Policy => ({
  ...defaultRules, methods, lockout: { failures: wrongAnswers, minutes: lockMinutes }, version: 1,
});

interface Call {
  readonly send: number;
  leg: number;
}

const challengeId = (name: string): Uint8Array => Buffer.from(name.padStart(16, '0'), 'utf8');

export class SignInDriver {
  state = firstState;
  policy: Policy;
  clock = start;
  readonly calls = new Map<string, Call>();
  /** Of every commit: its version, and the kinds of its events. */
  readonly commits: { readonly version: number; readonly events: readonly string[] }[] = [];

  constructor(rules: Rules) {
    this.policy = policyOf(rules);
  }

  setRules(rules: Rules): void {
    this.policy = policyOf(rules);
  }

  private commit<O>(decision: Decision<O>): O {
    if (!isChanged(decision)) return decision.outcome;
    const { receipt, next, events } = decision;
    const version = this.state.version + 1;
    const mark = { request: random.bytes(6), body: random.bytes(3) };
    const written = writeReceipt(mark, { ...receipt, answersLeft: receipt.answersLeft ?? 0 });
    const kept = keepChallenges({ ...next, version, receipts: keepReceipts(this.state.receipts, written) }, receipt.about);
    this.state = fromUserStateItem(toUserStateItem('k'.repeat(22), kept));
    this.commits.push({ version, events: events.map(({ kind }) => kind) });
    return decision.outcome;
  }

  private word(outcome: { readonly status: string; readonly problem?: string }): string {
    return outcome.problem ?? outcome.status;
  }

  private verdict(name: 'app' | 'spare', answer: string) {
    const factor = findFactor(this.state, ids[name]) as TotpFactor;
    const now = Math.max(this.clock, this.state.lastAt);
    return totp.verify(factor, { answer, now, state: this.state, challenge: undefined, sending: undefined, keys, policy: this.policy, userKey: () => userKey });
  }

  start(name: string, clientId: string, answered?: { factor: 'app' | 'spare'; code: string }): string {
    const command = {
      challengeId: challengeId(name), resultId: random.bytes(16), clientId, audience: 'portal', policy: this.policy,
      purpose: 'sign-in', firstFactor: 'password', nonce: 'n'.repeat(43),
      ...(answered ? { answered: { factorId: ids[answered.factor], verdict: this.verdict(answered.factor, answered.code) } } : {}),
    } as const;
    return this.word(this.commit(decideStart(this.state, command, this.clock)));
  }

  answer(name: string, factor: 'app' | 'spare', code: string): { word: string; answersLeft: number | undefined } {
    const verdict = this.verdict(factor, code);
    const command = { challengeId: challengeId(name), factorId: ids[factor], verdict, channel: 'api', policy: this.policy, resultId: random.bytes(16) } as const;
    const outcome = this.commit(decideAnswer(this.state, command, this.clock));
    return { word: this.word(outcome), answersLeft: 'answersLeft' in outcome ? outcome.answersLeft : undefined };
  }

  send(name: string): string {
    const command = { challengeId: challengeId(name), factorId: ids.phone, policy: this.policy, isUnderWay: this.calls.has(name), keep: () => ({}) };
    const outcome = this.commit(decideSend(this.state, command, this.clock));
    if (outcome.status === 'sent') this.calls.set(name, { send: outcome.send, leg: 1 });
    return this.word(outcome);
  }

  /** `call` is the one that the keys came in by: the present one, or one that is over. */
  key(name: string, call: Call, answer: string): string {
    const id = challengeId(name);
    const now = Math.max(this.clock, this.state.lastAt);
    const factor = findFactor(this.state, ids.phone) as PhoneFactor;
    const challenge = findChallenge(this.state, id);
    const verdict = phone.verify(factor, { answer, now, state: this.state, challenge, sending: challenge?.sending, keys, policy: this.policy, userKey: () => userKey });
    const command = { challengeId: id, factorId: ids.phone, verdict, channel: 'call', policy: this.policy, resultId: random.bytes(16), call } as const;
    return this.word(this.commit(decideAnswer(this.state, command, this.clock)));
  }

  endLeg(name: string, call: Call, ended: string): string {
    const { send, leg } = call;
    const { next } = this.commit(decideLegEnd(this.state, { challengeId: challengeId(name), send, leg, ended, policy: this.policy }, this.clock));
    if (next === 'again') call.leg += 1;
    else this.calls.delete(name);
    return next;
  }

  cancel(name: string): string {
    return this.word(this.commit(decideCancel(this.state, challengeId(name), this.clock)));
  }

  redeem(name: string): string {
    const resultId = findChallenge(this.state, challengeId(name))?.approval?.resultId ?? new Uint8Array(16);
    return this.word(this.commit(decideRedeem(this.state, { challengeId: challengeId(name), resultId }, this.clock)));
  }

  unlock(): void {
    this.commit(decideUnlock(this.state, 'asked', this.clock));
  }

  suspend(): void {
    this.commit(decideSuspend(this.state, { reason: 'asked', isSelf: false }, this.clock));
  }

  resume(): void {
    this.commit(decideResume(this.state, 'asked', this.clock));
  }
}
