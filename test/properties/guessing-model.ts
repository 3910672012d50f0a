/** Guessing as the security document tells it: what counts against whom, and how long a lock lasts (D4 to D8, D12). */
const minute = 60_000;
const hour = 60 * minute;

export type FactorName = 'app' | 'spare' | 'phone';

export interface Rules {
  readonly methods: readonly string[];
  readonly wrongAnswers: number;
  readonly lockMinutes: number;
}

interface GuessedFactor {
  readonly method: string;
  disabled: boolean;
  failures: number;
  wrongPins: number;
  /** The newest step that was accepted. */
  usedStep: number;
}

/** What was typed: the steps whose code it is, by arithmetic that is not the product's. */
export type Typed = readonly number[];

const factor = (method: string): GuessedFactor => ({ method, disabled: false, failures: 0, wrongPins: 0, usedStep: -1 });

export class GuessingModel {
  rules: Rules;
  locks = 0;
  private failures = 0;
  private lockedUntil: number | undefined;
  readonly factors: Record<FactorName, GuessedFactor> = { app: factor('totp'), spare: factor('totp'), phone: factor('phone:call-pin') };

  constructor(rules: Rules) {
    this.rules = rules;
  }

  /** Until when, for a lock that has not run out. */
  lockAt(time: number): number | undefined {
    return this.isOver(time) ? undefined : this.lockedUntil;
  }

  /** When a lock runs out the window counter starts at 0; the factors' own do not. */
  settle(time: number): void {
    if (this.isOver(time)) this.clearWindow();
  }

  usable(): FactorName[] {
    const names = Object.keys(this.factors) as FactorName[];
    return names.filter((name) => !this.factors[name].disabled && this.rules.methods.includes(this.factors[name].method));
  }

  /** I2, D8: one step either way, each step once, never an older one. */
  verdict(name: FactorName, typed: Typed, time: number): 'right' | 'answer-used' | 'wrong' {
    const inWindow = this.within(typed, time);
    if (inWindow.some((step) => step > this.factors[name].usedStep)) return 'right';
    return inWindow.length > 0 ? 'answer-used' : 'wrong';
  }

  private within(typed: Typed, time: number): number[] {
    return typed.filter((step) => Math.abs(step - Math.floor(time / 30_000)) <= 1);
  }

  use(name: FactorName, typed: Typed, time: number): void {
    this.factors[name].usedStep = Math.max(...this.within(typed, time));
  }

  /** D7: a full success clears the user's counters and that factor's, and nothing else does. */
  clear(name: FactorName): void {
    this.failures = 0;
    this.locks = 0;
    Object.assign(this.factors[name], { failures: 0, wrongPins: 0 });
  }

  /** Whether it led to a lock. An attempt that nobody answered counts for the user, not against the factor. */
  count(time: number, name?: FactorName, isPin = false): boolean {
    this.failures += 1;
    if (name) {
      const guessed = this.factors[name];
      guessed.failures += 1;
      if (isPin) guessed.wrongPins += 1;
      guessed.disabled ||= guessed.failures >= 50 || guessed.wrongPins >= 10;
    }
    if (this.failures < this.rules.wrongAnswers) return false;
    this.lock(time);
    return true;
  }

  /** D5: the third in a row four hours, later ones a day; a policy may only lengthen. */
  private lock(time: number): void {
    const least = [0, 0, 4 * hour][this.locks] ?? 24 * hour;
    this.lockedUntil = time + Math.max(least, this.rules.lockMinutes * minute);
    this.locks += 1;
  }

  reportFraud(): void {
    this.lockedUntil = Infinity;
    this.locks += 1;
  }

  private isOver(time: number): boolean {
    return this.lockedUntil !== undefined && time >= this.lockedUntil;
  }

  private clearWindow(): void {
    this.lockedUntil = undefined;
    this.failures = 0;
  }

  /** What time has ended is not ended once more. */
  unlock(time: number): void {
    if (!this.isOver(time)) this.clearWindow();
  }
}
