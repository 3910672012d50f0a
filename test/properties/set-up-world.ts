/** Two people who both know the password, and one user: each has devices of their own and tries to make them count. */
import type { Authority } from '../../shared/factors/authority.ts';
import { decideAdd } from '../../shared/factors/decide-add.ts';
import { decideChange, decideRemove, type FactorChanges } from '../../shared/factors/decide-change.ts';
import { decideConfirm } from '../../shared/factors/decide-confirm.ts';
import type { Proof } from '../../shared/factors/proofs.ts';
import { Problem } from '../../shared/platform/problems/problem.ts';
import { defaultRules, type Policy } from '../../shared/policy/policy.ts';
import { decideAnswer } from '../../shared/sign-in/decide-answer.ts';
import { decideSend } from '../../shared/sign-in/decide-send.ts';
import { decideStart } from '../../shared/sign-in/decide-start.ts';
import { keepChallenges } from '../../shared/user-state/decided-challenges.ts';
import { isChanged, type Decision } from '../../shared/user-state/decision.ts';
import { findChallenge, isSameId } from '../../shared/user-state/find.ts';
import type { Factor, PhoneNumberEntry } from '../../shared/user-state/factor.ts';
import type { Challenge, UserState } from '../../shared/user-state/user-state.ts';

export type Person = 'owner' | 'thief';

const beginning = Date.UTC(2030, 0, 15);

export class SetUpWorld {
  clock = beginning;
  policy: Policy = { ...defaultRules, version: 1 };
  state: UserState = {
    schema: 1, version: 1, organizationId: 'acme', userId: 'u-1', wrappedKey: new Uint8Array(62), identity: 'local',
    createdAt: beginning, lastAt: beginning, factors: [], challenges: [], receipts: [],
  };
  private count = 0;
  /** Whose device or number each id stands for. */
  private readonly holders = new Map<string, Person>();
  private readonly challenges: Record<Person, Uint8Array[]> = { owner: [], thief: [] };
  private readonly proofs: Record<Person, Proof[]> = { owner: [], thief: [] };

  private id(length: number): Uint8Array {
    this.count += 1;
    const id = Buffer.alloc(length);
    id.writeUInt32BE(this.count);
    return new Uint8Array(id);
  }

  holderOf(id: Uint8Array): Person {
    return this.holders.get(Buffer.from(id).toString('hex')) ?? 'owner';
  }

  private hold(id: Uint8Array, person: Person): Uint8Array {
    this.holders.set(Buffer.from(id).toString('hex'), person);
    return id;
  }

  private try<O>(decide: () => Decision<O>): O | undefined {
    try {
      const decision = decide();
      if (isChanged(decision)) this.state = keepChallenges({ ...decision.next, version: this.state.version + 1 }, decision.receipt.about);
      return decision.outcome;
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }

  private authority(person: Person): Authority {
    const proof = this.proofs[person].at(-1);
    const setUpChallengeId = this.challenges[person].at(-1);
    return { proofs: proof ? [proof] : [], isProvedElsewhere: false, clientId: 'portal', ...(setUpChallengeId ? { setUpChallengeId } : {}) };
  }

  start(person: Person): void {
    const challengeId = this.id(16);
    this.challenges[person].push(challengeId);
    const common = { challengeId, resultId: this.id(16), clientId: 'portal', audience: 'portal', policy: this.policy } as const;
    this.try(() => decideStart(this.state, { ...common, purpose: 'change-factors', firstFactor: 'password' }, this.clock));
  }

  /** Answers the own challenge with an own device; what is approved is a proof. */
  answer(person: Person): void {
    const factor = this.state.factors.find(({ kind, id }) => kind === 'totp' && this.holderOf(id) === person);
    const challengeId = this.challenges[person].at(-1);
    if (!factor || !challengeId) return;
    const resultId = this.id(16);
    const verdict = { is: 'right', position: this.count } as const;
    const command = { challengeId, factorId: factor.id, verdict, channel: 'api', policy: this.policy, resultId } as const;
    const outcome = this.try(() => decideAnswer(this.state, command, this.clock));
    if (outcome?.status === 'approved') this.proofs[person].push({ challengeId, resultId });
  }

  add(person: Person, kind: 'totp' | 'phone'): void {
    const id = this.hold(this.id(8), person);
    const common = { id, status: 'proving', createdAt: this.clock } as const;
    const number: PhoneNumberEntry = { slot: 'primary', number: this.hold(this.id(8), person), proved: false, proposedAt: this.clock };
    const factor: Factor =
      kind === 'totp' ? { ...common, kind, secret: new Uint8Array(50) } : { ...common, kind, method: 'call', numbers: [number] };
    const command = { factor, authority: this.authority(person), policy: this.policy, clientId: 'portal', provingId: this.id(16) };
    this.try(() => decideAdd(this.state, command, this.clock));
  }

  confirm(person: Person): void {
    const factor = this.state.factors.find(({ kind, status, id }) => kind === 'totp' && status === 'proving' && this.holderOf(id) === person);
    if (!factor) return;
    const recoveryKey = { id: this.hold(this.id(8), person), kind: 'recovery-key', status: 'active', createdAt: this.clock, verifier: new Uint8Array(18) } as const;
    const command = { factorId: factor.id, verdict: { is: 'right', position: this.count } as const, policy: this.policy, resultId: this.id(16), recoveryKey };
    this.try(() => decideConfirm(this.state, command, this.clock));
  }

  /** Whoever holds the number that is called presses #: for a proof, or for the sign-in of whoever is signing in. */
  call(person: Person, signsIn: boolean): void {
    const [challenge, factor] = this.callable(person, signsIn);
    if (!challenge || factor?.kind !== 'phone') return;
    const common = { challengeId: challenge.id, factorId: factor.id, policy: this.policy };
    const sent = this.try(() => decideSend(this.state, { ...common, isUnderWay: false, keep: () => ({}) }, this.clock));
    if (sent?.status !== 'sent' || this.ringing(challenge, factor) !== person) return;
    const call = { send: sent.send, leg: 1 };
    this.try(() => decideAnswer(this.state, { ...common, verdict: { is: 'right' }, channel: 'call', resultId: this.id(16), call }, this.clock));
  }

  private callable(person: Person, signsIn: boolean): [Challenge | undefined, Factor | undefined] {
    const own = this.challenges[person].at(-1);
    const challenge = signsIn ? own && findChallenge(this.state, own) : this.state.challenges.find(({ status, proves }) => status === 'pending' && proves);
    const factor = this.state.factors.find(({ id, kind }) => kind === 'phone' && (!challenge?.proves || isSameId(id, challenge.proves.factorId)));
    return [challenge, factor];
  }

  private ringing(challenge: Challenge, factor: Extract<Factor, { kind: 'phone' }>): Person | undefined {
    const entry = factor.numbers.find(({ proved }) => proved === (challenge.proves === undefined));
    return entry && this.holderOf(entry.number);
  }

  change(person: Person, nth: number, changes: FactorChanges): void {
    const factor = this.state.factors.at(nth);
    if (!factor) return;
    const number: PhoneNumberEntry = { slot: 'primary', number: this.hold(this.id(8), person), proved: false, proposedAt: this.clock };
    const own = changes.own && 'numbers' in changes.own ? { ...changes, own: { numbers: [number] } } : changes;
    const command = { factorId: factor.id, changes: own, authority: this.authority(person), policy: this.policy, clientId: 'portal', provingId: this.id(16) };
    this.try(() => decideChange(this.state, command, this.clock));
  }

  remove(person: Person, nth: number): void {
    const factor = this.state.factors.at(nth);
    const authority = this.authority(person);
    if (factor) this.try(() => decideRemove(this.state, { factorId: factor.id, authority, policy: this.policy }, this.clock));
  }

  /** Whose devices and numbers could confirm a sign-in now. */
  get inUse(): Set<Person> {
    const active = this.state.factors.filter(({ status }) => status === 'active');
    const ids = active.flatMap((factor) => (factor.kind === 'phone' ? factor.numbers.flatMap(({ proved, number }) => (proved ? [number] : [])) : [factor.id]));
    return new Set(ids.map((id) => this.holderOf(id)));
  }
}
