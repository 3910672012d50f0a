/** What a page gives to the ways of setting up. They do not know by what right it is: a challenge, an invitation or a proof. */
import type { Confirmed, SetUpFactor, SetUpOptions } from '../ask/answers.ts';
import { ask } from '../ask/ask.ts';
import type { Frame } from '../frame/frame.ts';
import type { SetUpWords } from '../words/en/set-up.ts';
import { showRecoveryKey } from './recovery-key.ts';
import type { SetUp } from './set-up-way.ts';

export interface Codes {
  readonly answer: string;
  readonly nextAnswer?: string;
}

export interface SetUpRequests {
  /** Undefined when the person turned away. */
  add(input: object): Promise<SetUpFactor | undefined>;
  send(factorId: string): Promise<SetUpFactor>;
  look(factorId: string): Promise<SetUpFactor>;
  confirm(factorId: string, codes: Codes): Promise<Confirmed>;
}

export interface SetUpHost {
  readonly frame: Frame<SetUpWords>;
  readonly options: SetUpOptions;
  readonly requests: SetUpRequests;
  /** Shows a refusal, which may have come with the end of all. */
  settle(error: unknown): Promise<void> | void;
  /** After an answer that was not accepted: true when it was the last one, and that is shown. */
  isOver?(): Promise<boolean>;
  /** It is active, and what was shown once is kept. */
  done(factor: SetUpFactor): unknown;
  isProved?(factor: SetUpFactor): boolean;
  readonly chooseAgain?: (() => void) | undefined;
}

/** `path` is where the factors are, such as `/page/set-up/factors`. */
export const requestsAt = (path: string): SetUpRequests => ({
  add: (input) => ask('POST', path, input),
  send: (factorId) => ask('POST', `${path}/${factorId}/send`),
  look: (factorId) => ask('GET', `${path}/${factorId}`),
  confirm: (factorId, codes) => ask('POST', `${path}/${factorId}/confirm`, codes),
});

export function setUpFrom({ frame, options, requests, settle, isOver, done, isProved, chooseAgain }: SetUpHost): SetUp {
  async function trying<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      await settle(error);
      return undefined;
    }
  }
  /** What the person has just done makes what was said before out of date. */
  function attempting<T>(work: () => Promise<T>): Promise<T | undefined> {
    frame.tell('');
    return trying(work);
  }
  return {
    frame,
    options,
    add: (input) => attempting(() => requests.add(input)),
    send: (factorId) => attempting(() => requests.send(factorId)),
    look: (factorId) => trying(() => requests.look(factorId)),
    confirm: async (factorId, answer, nextAnswer) => {
      const factor = await attempting(() => requests.confirm(factorId, { answer, ...(nextAnswer === undefined ? {} : { nextAnswer }) }));
      if (!factor || factor.isAccepted) return factor;
      return (await trying(async () => isOver?.())) ? undefined : factor;
    },
    isProved: isProved ?? (({ status }) => status === 'active'),
    finish: (factor) => {
      if (factor.recoveryKey === undefined) void done(factor);
      else showRecoveryKey(frame, factor.recoveryKey, () => void done(factor));
    },
    ...(chooseAgain ? { chooseAgain } : {}),
  };
}
