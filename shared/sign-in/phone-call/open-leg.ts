/** Opens a leg before it is dialed; a number that the send did not pay for is paid for in the same write (D20). */
import { callUpdate, type CallUpdate } from '../../delivery/call-record.ts';
import type { UnpackedNumber } from '../../factors/sealed-number.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { log } from '../../platform/log/logger.ts';
import { spendWrites } from '../../spend/send-budget.ts';
import type { CommitDependencies } from '../../user-state/commit.ts';
import type { CallSubject } from './call-subject.ts';

export interface OpenedLeg {
  /** `unpaid`: this number must not be called now, and the leg is over; `gone`: somebody else has moved the call on. */
  readonly is: 'open' | 'unpaid' | 'gone';
  readonly leg: number;
}

const mostTries = 5;

const forgotten = ['contactId', 'legOutcome', 'keyed', 'taskToken'] as const;

/** A number that cannot be paid for reached nobody: the next leg goes to the other one. */
async function skipLeg(deps: CommitDependencies, { call, partition }: CallSubject, reason: string): Promise<OpenedLeg> {
  const leg = call.leg + 1;
  log('warn', 'leg-not-paid', { leg, reason });
  const set = { leg, state: 'failed', unanswered: call.unanswered + 1 } as const;
  const when = { leg: call.leg, send: call.send, legClosed: true };
  const isSkipped = await deps.table.update(callUpdate(partition, { set, remove: forgotten, when }));
  return { is: isSkipped ? 'unpaid' : 'gone', leg };
}

/** Paid for once in a send, however often this number is called in it: the legs of one call are one send. */
async function openPaid(deps: CommitDependencies, subject: CallSubject, change: CallUpdate, number: UnpackedNumber): Promise<OpenedLeg> {
  const leg = subject.call.leg + 1;
  if (!subject.organization.policy.countries.includes(number.country)) return skipLeg(deps, subject, 'policy-forbids');
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { writes, refusal } = spendWrites(deps.table.name, deps.keys, number, deps.clock.now());
    const opening = callUpdate(subject.partition, { ...change, set: { ...change.set, otherPaid: true } });
    const result = await deps.table.transact([{ Update: { TableName: deps.table.name, ...opening } }, ...writes]);
    if (result.done) return { is: 'open', leg };
    const [first] = result.refused;
    if (first === 0) return { is: 'gone', leg };
    if (first !== undefined) return skipLeg(deps, subject, refusal(first - 1).problem);
    await deps.pause(deps.random.integer(20 * (tries + 1)));
  }
  throw new Problem('unavailable', { retryAfterSeconds: 1 });
}

/** Opens the next leg, or finds the one that an interrupted try opened. `other`: the number, where the send paid for another. */
export async function openLeg(deps: CommitDependencies, subject: CallSubject, other: UnpackedNumber | undefined): Promise<OpenedLeg> {
  const { call, partition } = subject;
  if (!call.legClosed) return { is: 'open', leg: call.leg };
  const leg = call.leg + 1;
  const change: CallUpdate = {
    set: { leg, legClosed: false, state: 'queued' },
    remove: forgotten,
    when: { leg: call.leg, send: call.send, legClosed: true },
  };
  if (other && !call.otherPaid) return openPaid(deps, subject, change, other);
  return { is: (await deps.table.update(callUpdate(partition, change))) ? 'open' : 'gone', leg };
}
