/**
 * Sign-in as the security document tells it, in as few words as possible and with nothing of the product's code: what
 * the challenges of one user must come to after any commands.
 */
import { GuessingModel, type FactorName, type Rules, type Typed } from './guessing-model.ts';

const minute = 60_000;
const hour = 60 * minute;

interface ModelChallenge {
  status: string;
  readonly methods: readonly string[];
  readonly expiresAt: number;
  wrong: number;
  sends: number;
  /** The leg of the present send that has been counted. */
  countedLeg: number;
  approvedAt?: number;
  isRedeemed: boolean;
}

export class SignInModel {
  time: number;
  private committedAt: number;
  isSuspended = false;
  readonly guessing: GuessingModel;
  readonly challenges = new Map<string, ModelChallenge>();
  private readonly starts = { at: -Infinity, count: 0 };
  private readonly sends = { at: -Infinity, count: 0 };

  constructor(time: number, rules: Rules) {
    this.time = time;
    this.committedAt = time;
    this.guessing = new GuessingModel(rules);
  }

  /** Time of one record never runs back behind what was decided last (X20). */
  pass(now: number): void {
    this.time = Math.max(this.committedAt, now);
  }

  /** Something was decided: what time has done by now is done. */
  commit(): void {
    this.committedAt = this.time;
    this.guessing.settle(this.time);
    for (const challenge of this.challenges.values()) if (challenge.status === 'pending' && this.time >= challenge.expiresAt) challenge.status = 'expired';
  }

  /** D2. */
  private isPending(challenge: ModelChallenge | undefined): challenge is ModelChallenge {
    return challenge?.status === 'pending' && this.time < challenge.expiresAt;
  }

  private pending(): ModelChallenge[] {
    return [...this.challenges.values()].filter((challenge) => this.isPending(challenge));
  }

  get isLocked(): boolean {
    return this.guessing.lockAt(this.time) !== undefined;
  }

  private hasRoomIn(window: { at: number; count: number }, length: number, most: number): boolean {
    if (this.time >= window.at + length) Object.assign(window, { at: this.time, count: 0 });
    if (window.count >= most) return false;
    window.count += 1;
    return true;
  }

  /** A102, A103: three pending, ten starts or cancels a minute; a fourth evicts nothing. */
  private takesSlot(): boolean {
    return this.pending().length < 3 && this.hasRoomIn(this.starts, minute, 10);
  }

  private make(): ModelChallenge {
    const methods = this.guessing.usable().map((name) => this.guessing.factors[name].method);
    const life = methods.some((method) => method.startsWith('phone')) ? 10 * minute : 5 * minute;
    return { status: 'pending', methods, expiresAt: this.time + life, wrong: 0, sends: 0, countedLeg: 0, isRedeemed: false };
  }

  private refusesStart(): string | undefined {
    if (this.isSuspended) return 'denied';
    if (this.isLocked) return 'locked';
    return this.guessing.usable().length === 0 ? 'denied' : undefined;
  }

  start(id: string): string {
    const refused = this.refusesStart();
    if (refused) return refused;
    if (!this.takesSlot()) return 'too-many-challenges';
    this.challenges.set(id, this.make());
    return 'pending';
  }

  /** A start that carries its answer needs no room; a wrong one that finds none is over at once. */
  startWith(id: string, name: FactorName, typed: Typed): string {
    const refused = this.refusesStart();
    if (refused) return refused;
    const challenge = this.make();
    if (!this.mayAnswer(challenge, name)) return 'factor-not-usable';
    const isKept = this.guessing.verdict(name, typed, this.time) !== 'wrong' || this.takesSlot();
    if (isKept) this.challenges.set(id, challenge);
    const outcome = this.judge(challenge, name, typed);
    if (outcome === 'answer-used') this.challenges.delete(id);
    return outcome === 'pending' && !isKept ? 'denied' : outcome;
  }

  /** X32: the stricter of the policy at the start and now. */
  private mayAnswer(challenge: ModelChallenge, name: FactorName): boolean {
    return this.guessing.usable().includes(name) && challenge.methods.includes(this.guessing.factors[name].method);
  }

  private judge(challenge: ModelChallenge, name: FactorName, typed: Typed): string {
    const verdict = this.guessing.verdict(name, typed, this.time);
    if (verdict === 'answer-used') return verdict;
    if (verdict === 'wrong') return this.wrong(challenge, name, false);
    this.guessing.use(name, typed, this.time);
    return this.approve(challenge, name);
  }

  /** I1: whoever comes later finds it decided. */
  private approve(challenge: ModelChallenge, name: FactorName): string {
    Object.assign(challenge, { status: 'approved', approvedAt: this.time });
    this.guessing.clear(name);
    return 'approved';
  }

  /** D3; and I4: a lock is the end of every pending challenge. */
  private wrong(challenge: ModelChallenge, name: FactorName | undefined, isPin: boolean): string {
    this.guessing.settle(this.time);
    challenge.wrong += 1;
    if (this.guessing.count(this.time, name, isPin)) {
      for (const each of [challenge, ...this.pending()]) each.status = 'locked';
    } else if (challenge.wrong >= 5) challenge.status = 'denied';
    return challenge.status;
  }

  /** I4. */
  private open(id: string): ModelChallenge | undefined {
    const challenge = this.challenges.get(id);
    return this.isPending(challenge) && !this.isSuspended && !this.isLocked ? challenge : undefined;
  }

  answer(id: string, name: FactorName, typed: Typed): string {
    const challenge = this.open(id);
    if (!challenge) return 'over';
    return this.mayAnswer(challenge, name) ? this.judge(challenge, name, typed) : 'factor-not-usable';
  }

  /** D20: five an hour, the first and three more on a challenge. */
  send(id: string, isUnderWay: boolean): string {
    const challenge = this.open(id);
    if (!challenge) return 'over';
    if (!this.mayAnswer(challenge, 'phone')) return 'factor-not-usable';
    if (isUnderWay) return 'under-way';
    if (challenge.sends >= 4 || !this.hasRoomIn(this.sends, hour, 5)) return 'too-many-sends';
    challenge.sends += 1;
    challenge.countedLeg = 0;
    return 'sent';
  }

  /** `send` is the one the call belongs to. Silence is asked again; 9 says that it was somebody else (A78). */
  key(id: string, send: number, leg: number, typed: 'right' | 'wrong' | 'silence' | 'fraud'): string {
    const challenge = this.open(id);
    if (challenge?.sends !== send) return 'over';
    if (!this.mayAnswer(challenge, 'phone')) return 'factor-not-usable';
    if (typed === 'silence') return 'nothing';
    if (typed === 'right') return this.approve(challenge, 'phone');
    if (typed === 'wrong') {
      challenge.countedLeg = leg;
      return this.wrong(challenge, 'phone', true);
    }
    for (const each of this.pending()) each.status = each === challenge ? 'denied' : 'locked';
    this.guessing.reportFraud();
    return 'denied';
  }

  /** Row 1.6: each attempt without the right answer counts, once; the fifth is the last. What our carrier broke costs nothing. */
  endLeg(id: string, send: number, leg: number, ended: string): string {
    const challenge = this.challenges.get(id);
    if (!this.isPending(challenge) || challenge.sends !== send || ended === 'failed') return 'done';
    const isLast = leg >= 5;
    const status = challenge.countedLeg === leg ? 'pending' : this.wrong(challenge, undefined, false);
    challenge.countedLeg = leg;
    if (isLast && status === 'pending') challenge.status = 'denied';
    return isLast || status !== 'pending' ? 'done' : 'again';
  }

  cancel(id: string): string {
    const challenge = this.challenges.get(id);
    if (!this.isPending(challenge)) return 'over';
    if (!this.hasRoomIn(this.starts, minute, 10)) return 'too-many-challenges';
    challenge.status = 'canceled';
    return 'done';
  }

  /** D17: once, within its minute, and not while locked or suspended. */
  redeem(id: string): string {
    if (this.isSuspended) return 'user-suspended';
    if (this.isLocked) return 'user-locked';
    const challenge = this.challenges.get(id);
    if (challenge?.approvedAt === undefined || this.time >= challenge.approvedAt + minute) return 'result-expired';
    if (challenge.isRedeemed) return 'result-redeemed';
    challenge.isRedeemed = true;
    return 'done';
  }

  suspend(): void {
    this.isSuspended = true;
    for (const each of this.pending()) each.status = 'denied';
  }
}
