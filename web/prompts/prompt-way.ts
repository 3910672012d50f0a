/** The contract of a way to confirm on the prompt: one file each, and a row in prompt-ways.ts. */
import type { FactorChoice } from '../ask/answers.ts';
import type { SignInWords } from '../words/en/sign-in.ts';

export interface Typed {
  label(words: SignInWords): string;
  hint?(words: SignInWords): string;
  /** `text` for what is not digits. */
  readonly keyboard?: 'numeric' | 'text';
  readonly longest?: number;
}

export interface Reached {
  /** The button's name, before the first time and after. */
  first(words: SignInWords): string;
  again(words: SignInWords): string;
  /** What stands beside the button: what to do if nobody asked for this. */
  note?(words: SignInWords): string;
  /** How the number to match is to be given back; absent where none is shown. */
  showing?(words: SignInWords): string;
}

export interface PromptWay {
  name(words: SignInWords, factor: FactorChoice): string;
  /** What the person will do. */
  what(words: SignInWords, factor: FactorChoice): string;
  /** What is typed on the page: at once, or, where somebody is reached first, after that. */
  readonly typed?: Typed;
  /** Somebody has to be called or written to first. */
  readonly reached?: Reached;
  /** What the browser itself answers, such as a passkey: the answer, or undefined when the person turned away. */
  perform?(factor: FactorChoice): Promise<string | undefined>;
  /** The name of the button that starts `perform`. */
  performName?(words: SignInWords): string;
}
