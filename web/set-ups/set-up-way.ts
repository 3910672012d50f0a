/** The contract of a way that can be set up: one file each, and a row in set-up-ways.ts. It draws its own steps. */
import type { Confirmed, SetUpFactor, SetUpOptions } from '../ask/answers.ts';
import type { Frame } from '../frame/frame.ts';
import type { SetUpWords } from '../words/en/set-up.ts';

export interface SetUp {
  readonly frame: Frame<SetUpWords>;
  readonly options: SetUpOptions;
  /** Makes the factor; what is shown once is in the answer. A refusal is told, and undefined returned. */
  add(input: object): Promise<SetUpFactor | undefined>;
  /** Reaches the person (again) whose number or address is being proved. */
  send(factorId: string): Promise<SetUpFactor | undefined>;
  /** Looks how far it is; undefined when that could not be learned now. */
  look(factorId: string): Promise<SetUpFactor | undefined>;
  /** `nextAnswer` for what is confirmed by two codes in a row. */
  confirm(factorId: string, answer: string, nextAnswer?: string): Promise<Confirmed | undefined>;
  /** Whether somebody has confirmed there: the factor, or the part of it that is new. */
  isProved(factor: SetUpFactor): boolean;
  /** It is proved: shows a recovery key if there is one, then the page goes on. */
  finish(factor: SetUpFactor): void;
  /** Back to the choice; absent where there is nothing else to choose. */
  readonly chooseAgain?: () => void;
}

export interface SetUpWay {
  name(words: SetUpWords): string;
  what(words: SetUpWords): string;
  begin(setUp: SetUp): void | Promise<void>;
}
