/** Waiting by the stack's clock, given up when the execution ends. */
import { StateFailure } from './state-failure.ts';

export interface WaitingClock {
  now(): number;
  setTimer(milliseconds: number, fire: () => void): () => void;
}

export interface Waiting {
  readonly clock: WaitingClock;
  readonly signal: AbortSignal;
}

/** This machine's own time, which nobody moves. */
export const machineClock: WaitingClock = {
  now: () => performance.now(),
  setTimer(milliseconds, fire) {
    const timer = setTimeout(fire, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** The execution ended, or the stack stops, while a state was waiting. */
export class GivenUp extends Error {}

/** Resolves at a time of the clock; a time that is past is now. */
export function waitUntil(clock: WaitingClock, time: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const cancel = clock.setTimer(time - clock.now(), () => resolve(undefined));
  return orGivenUp(promise, signal).finally(cancel);
}

/** The work's result, or States.Timeout when the deadline comes first. The work goes on, but its result is dropped. */
export function orTimeout<T>({ clock, signal }: Waiting, work: Promise<T>, deadline: number | undefined): Promise<T> {
  if (deadline === undefined) return orGivenUp(work, signal);
  const { promise, reject } = Promise.withResolvers<never>();
  const cancel = clock.setTimer(deadline - clock.now(), () => {
    reject(new StateFailure('States.Timeout', 'The state did not finish in time.'));
  });
  return orGivenUp(Promise.race([work, promise]), signal).finally(cancel);
}

function orGivenUp<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const giveUp = (): void => reject(new GivenUp());
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
