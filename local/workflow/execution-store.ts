/** Executions on disk: one file each, written before every state, so that a restart goes on where a call was. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, removeFile, writeJson } from '../json-file.ts';

export type Settled = { readonly output: string } | { readonly error: string; readonly cause: string };

/** The state that an execution is in. Times are of the stack's clock. */
export interface Step {
  readonly state: string;
  readonly input: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly enteredAt: number;
  /** By position in Retry: how often it has been used. */
  retries: Record<string, number>;
  /** A Wait's end, or the end of a pause before a retry. */
  resumeAt?: number;
  /** When a Task that waits for its token times out. */
  deadline?: number;
  task?: {
    readonly token: string;
    /** The call that hands out the token has been made. */
    called?: true;
    settled?: Settled;
  };
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ExecutionRecord {
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  readonly input: string;
  readonly startedAt: number;
  status: ExecutionStatus;
  step: Step;
  stoppedAt?: number;
  output?: string;
  error?: string;
  cause?: string;
}

export interface ExecutionStore {
  /** All kept executions, except closed ones whose name is free again. */
  load(now: number): ExecutionRecord[];
  save(record: ExecutionRecord): void;
}

/** An execution's name can be used again 90 days after it closed. */
const NAME_KEPT_MILLISECONDS = 90 * 24 * 3600 * 1000;

export function createExecutionStore(folder: string): ExecutionStore {
  const fileOf = (record: ExecutionRecord): string => {
    const machine = record.machineArn.split(':').at(-1) ?? 'machine';
    return join(folder, `${encodeURIComponent(machine)}.${encodeURIComponent(record.name)}.json`);
  };
  return {
    save: (record) => writeJson(fileOf(record), record),
    load(now) {
      if (!existsSync(folder)) return [];
      const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
      return names.flatMap((name) => {
        const record = readJson<ExecutionRecord>(join(folder, name));
        if (record === undefined) return [];
        if (record.stoppedAt === undefined || now - record.stoppedAt < NAME_KEPT_MILLISECONDS) return [record];
        removeFile(join(folder, name));
        return [];
      });
    },
  };
}
