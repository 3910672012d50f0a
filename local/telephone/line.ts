/** The line of one call: who listens for keys, what it waits for, and how it ends. */
import type { ContactRecord, DisconnectReason } from './contact.ts';
import { startLineTime, type ClockDependencies, type LineTime } from './line-time.ts';

export interface Line {
  readonly contact: ContactRecord;
  readonly time: LineTime;
  /** Gives the keys to whoever asks for them; `undefined` throws them away, as a real line does. */
  listen(listener: ((key: string) => void) | undefined): void;
  press(key: string): void;
  /** Holds the line while a function decides. */
  hold<T>(work: Promise<T>, then: (result: T) => void): void;
  /** Resolves when no function is deciding: the call speaks, listens or has ended. */
  settled(): Promise<void>;
  end(reason: DisconnectReason): void;
}

/** Opens the line of a call that is being dialled; `onEnd` runs once. */
export function openLine(deps: ClockDependencies, contact: ContactRecord, onEnd: () => void): Line {
  const time = startLineTime(deps);
  let listener: ((key: string) => void) | undefined;
  let held: Promise<void> | undefined;

  function hold<T>(work: Promise<T>, then: (result: T) => void): void {
    const [heldAt, startedAt] = [time.now(), deps.now()];
    const holding = work.then((result) => {
      if (held === holding) held = undefined;
      time.passed(heldAt, deps.now() - startedAt);
      if (contact.state !== 'ended') then(result);
    });
    held = holding;
  }

  return {
    contact,
    time,
    listen: (next) => {
      listener = next;
    },
    press: (key) => listener?.(key),
    hold,
    async settled() {
      while (held && contact.state !== 'ended') await held;
    },
    end(reason) {
      if (contact.state === 'ended') return;
      time.clear();
      listener = undefined;
      contact.state = 'ended';
      contact.endedAt = time.now();
      contact.disconnectReason = reason;
      onEnd();
    },
  };
}
