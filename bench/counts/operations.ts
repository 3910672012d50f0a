/** Each operation of a sign-in once, through its real door on a real engine: the calls it makes and what they consume. */
import { getDependencies } from '../../functions/start/dependencies.ts';
import type { Attributes } from '../../shared/platform/dynamo/attributes.ts';
import { hour, minute } from '../../shared/platform/clock.ts';
import { totpPeriod } from '../../shared/factors/kinds/totp.ts';
import { moveClock, moveToNextStep } from '../stage/clock.ts';
import { mustAnswer } from '../stage/doors.ts';
import { flowEvent, makePhoneUser, placeLeg, startedCall } from '../stage/phone-user.ts';
import { openStage, startOf, type Stage } from '../stage/stage.ts';
import { codeNow, userIdOf } from '../stage/totp-users.ts';
import { computedUnits, reportedUnits, toImage, type Units } from './capacity.ts';
import { itemSize } from './item-size.ts';
import { recordCalls, type RecordedCall, type Recorder } from './record-calls.ts';

export interface Count {
  readonly operation: OperationName;
  /** In the order they were made: `DynamoDB.BatchGetItem`. */
  readonly calls: readonly string[];
  /** As the engine reports it. */
  readonly reported: Units;
  /** By DynamoDB's rules, from the items before and after. */
  readonly computed: Units;
  /** The largest of each that was written, in bytes. */
  readonly stateBytes: number;
  readonly eventBytes: number;
  readonly logBytes: number;
  readonly answerBytes: number;
}

export const operationNames = ['start', 'answer', 'direct sign-in', 'redeem', 'poll', 'send', 'keypad'] as const;
export type OperationName = (typeof operationNames)[number];

interface Counter extends Stage {
  readonly recorder: Recorder;
  /** Those of what was counted last. */
  lastCalls(): readonly RecordedCall[];
  count<T>(operation: OperationName, work: () => Promise<T>): Promise<T>;
}

function written(calls: readonly RecordedCall[]): Attributes[] {
  const writes = calls.flatMap(({ input }) => (input['TransactItems'] ?? []) as { Put?: { Item: Attributes } }[]);
  return writes.flatMap(({ Put }) => (Put ? [Put.Item] : []));
}

/** As browsers name themselves: the portal hands it on with the address. */
const seen = {
  ipAddress: '198.51.100.23',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
};
const startBody = (userId: string, answer?: string) => ({ ...startOf(userId, answer), context: seen });

const largest = (items: readonly Attributes[], sort: string): number =>
  Math.max(0, ...items.filter((item) => item['sk']?.S?.startsWith(sort)).map(itemSize));

function counterOn(stage: Stage, recorder: Recorder, counts: Count[]): Counter {
  let calls: readonly RecordedCall[] = [];
  return {
    ...stage,
    recorder,
    lastCalls: () => calls,
    count: async (operation, work) => {
      const before = toImage(await stage.table.scan());
      recorder.take();
      stage.doors.takeLog();
      const answer = await work();
      calls = recorder.take();
      const logBytes = Buffer.byteLength(stage.doors.takeLog());
      const after = toImage(await stage.table.scan());
      const items = written(calls);
      counts.push({
        operation,
        calls: calls.map(({ service, operation: name }) => `${service}.${name}`),
        reported: reportedUnits(calls),
        computed: computedUnits(calls, before, after),
        stateBytes: largest(items, 'STATE'),
        eventBytes: largest(items, 'EVENT#'),
        logBytes,
        answerBytes: Buffer.byteLength(JSON.stringify(answer ?? '')),
      });
      return answer;
    },
  };
}

/** People who sign in three times a day, for a week: what their items keep of earlier days is in them. */
async function settleIn({ call }: Stage, userIds: readonly string[]): Promise<void> {
  for (let turn = 0; turn < 21; turn += 1) {
    moveClock(8 * hour);
    for (const userId of userIds) await mustAnswer(call('startChallenge', {}, startBody(userId, codeNow())));
  }
  moveClock(8 * hour);
  await readKeys();
}

/** A process looks for newer signing keys now and then; the operation that happens to do so is not the one to count. */
const readKeys = (): Promise<unknown> => getDependencies();

async function countTotp(counter: Counter): Promise<void> {
  const { call, count } = counter;
  const [userId, other] = [userIdOf('totp', 0), userIdOf('totp', 1)];
  await settleIn(counter, [userId, other]);
  const pending = await count('start', () => mustAnswer(call('startChallenge', {}, startBody(userId))));
  const path = { challengeId: String(pending['challengeId']) };
  await count('poll', () => mustAnswer(call('getChallenge', path)));
  const answered = await count('answer', () => mustAnswer(call('answerChallenge', path, { answer: codeNow() })));
  await count('redeem', () => mustAnswer(call('redeemResult', {}, { result: answered['result'] })));
  const direct = await count('direct sign-in', () => mustAnswer(call('startChallenge', {}, startBody(other, codeNow()))));
  if (direct['status'] !== 'approved') throw new Error(`a right code was answered with ${String(direct['status'])}`);
}

async function countPhone(counter: Counter): Promise<void> {
  const { call, count, doors, recorder } = counter;
  const { userId, factorId } = await makePhoneUser(counter, recorder, 'phone-1');
  moveClock(2 * minute);
  const { challengeId } = await mustAnswer(call('startChallenge', {}, startBody(userId)));
  recorder.take();
  await count('send', () => mustAnswer(call('sendChallenge', { challengeId: String(challengeId) }, { factorId })));
  const subject = startedCall(counter.lastCalls());
  const contactId = await placeLeg(counter, subject, recorder);
  await count('keypad', () => doors.invoke('connect-flow', flowEvent(subject, contactId)));
}

/** One run for the whole process: the clock is moved by weeks. */
export async function countOperations(): Promise<readonly Count[]> {
  const recorder = recordCalls();
  const stage = await openStage();
  const counts: Count[] = [];
  try {
    await stage.addTotpUsers('totp', 2);
    const counter = counterOn(stage, recorder, counts);
    moveToNextStep(totpPeriod);
    await countTotp(counter);
    await countPhone(counter);
  } finally {
    recorder.stop();
    await stage.stop();
  }
  return operationNames.flatMap((name) => counts.filter(({ operation }) => operation === name));
}
