/** Enables the rows of a file one after the other. It can be stopped and goes on where it was; whoever is enabled already is left alone. */
import { Refusal } from '../../ask/ask.ts';
import type { BulkWords } from '../../words/en/console-bulk.ts';
import type { BulkRow } from './bulk-rows.ts';

export type Outcome = keyof BulkWords['outcomes'];

export interface Done {
  readonly row: BulkRow;
  readonly outcome: Outcome;
  /** The problem's name, where it was refused. */
  readonly problem?: string;
}

export interface Found {
  readonly userId: string;
  /** Invited, provisioned, active or inactive: nothing is to be done. */
  readonly isEnabled: boolean;
}

/** What it does to the world. Both may throw a Refusal. */
export interface BulkWorld {
  /** Undefined when there is no such user, or more than one by the same address. */
  find(row: BulkRow): Promise<Found | undefined>;
  /** With the same key it is done once, however often it is asked. */
  enable(userId: string, row: BulkRow, key: string): Promise<void>;
  newKey(): string;
  pause(seconds: number): Promise<void>;
}

export type BulkEnd = 'finished' | 'stopped' | 'no-license' | 'refused';

export interface BulkRun {
  readonly done: readonly Done[];
  readonly left: readonly BulkRow[];
  /** Until it is done, stopped, or refused in a way that would refuse all the rest. */
  go(tell: () => void): Promise<BulkEnd>;
  stop(): void;
}

/** Refusals of this row alone; whatever else is refused, such as the session, would be refused for the next one too. */
const ofOneRow = ['number-refused', 'request-invalid', 'policy-forbids', 'email-unusable', 'user-suspended', 'user-locked', 'not-permitted', 'idempotency-conflict'];
const mostTries = 6;
const longestPause = 60;

export function bulkRun(rows: readonly BulkRow[], world: BulkWorld): BulkRun {
  const [done, left] = [[] as Done[], [...rows]];
  const keys = new Map<BulkRow, string>();
  let isAskedToStop = false;
  const mustStop = (): boolean => isAskedToStop;

  /** A reply that was lost is asked for again by the same key. */
  async function patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        const mayPass = error instanceof Refusal && (error.retryAfterSeconds > 0 || error.problem === 'offline' || error.problem === 'unavailable');
        if (!mayPass || tries === mostTries || mustStop()) throw error;
        await world.pause(Math.min(longestPause, Math.max(error.retryAfterSeconds, tries)));
      }
    }
  }

  async function enable(row: BulkRow): Promise<Outcome> {
    const found = await patiently(() => world.find(row));
    if (!found) return 'unknownUser';
    if (found.isEnabled) return 'already';
    const key = keys.get(row) ?? world.newKey();
    keys.set(row, key);
    await patiently(() => world.enable(found.userId, row, key));
    return 'enabled';
  }

  async function one(row: BulkRow): Promise<Done | BulkEnd> {
    try {
      return { row, outcome: await enable(row) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.problem === 'no-license') return 'no-license';
      if (error.problem === 'factor-exists') return { row, outcome: 'already' };
      if (error.problem === 'not-found') return { row, outcome: 'unknownUser' };
      if (ofOneRow.includes(error.problem)) return { row, outcome: 'refused', problem: error.problem };
      throw error;
    }
  }

  return {
    done,
    left,
    stop: () => void (isAskedToStop = true),
    go: async (tell) => {
      isAskedToStop = false;
      for (let row = left[0]; row; row = left[0]) {
        if (mustStop()) return 'stopped';
        const result = await one(row);
        if (typeof result === 'string') return result;
        done.push(result);
        left.shift();
        tell();
      }
      return 'finished';
    },
  };
}
