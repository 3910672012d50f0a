import { describe, expect, it } from 'vitest';
import { deliverBatch } from '../../../local/stream/deliver-batch.ts';
import { lambdaRecord, type LambdaStreamRecord } from '../../../local/stream/records.ts';
import type { EventSource } from '../../../local/stream/event-sources.ts';

const source: EventSource = {
  name: 'mapping',
  sourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/t/stream/local',
  functionArn: 'arn:f',
  batchSize: 25,
  filters: [],
  reportsItemFailures: true,
  bisects: true,
  largestRetries: 2,
  failuresArn: undefined,
};

const letters = (names: string) => Array.from(names);
const recordsOf = (names: string) =>
  letters(names).map((name) => ({ dynamodb: { SequenceNumber: name } }) as unknown as LambdaStreamRecord);
const namesOf = (records: readonly LambdaStreamRecord[]) => records.map(({ dynamodb }) => dynamodb.SequenceNumber).join('');

/** Delivers records named by letters to a function that is told its letters, and answers with the failed ones. */
async function deliver(names: string, f: (got: string) => string, changes: Partial<EventSource> = {}) {
  const got: string[] = [];
  const pauses: number[] = [];
  const givenUp: string[] = [];
  const deps = {
    async invoke(_arn: string, event: unknown) {
      const batch = namesOf((event as { Records: LambdaStreamRecord[] }).Records);
      got.push(batch);
      return { batchItemFailures: letters(f(batch)).map((itemIdentifier) => ({ itemIdentifier })) };
    },
    async pause(milliseconds: number) {
      return pauses.push(milliseconds) < 100;
    },
    giveUp: (records: readonly LambdaStreamRecord[]) => givenUp.push(namesOf(records)),
  };
  const done = await deliverBatch(deps, { ...source, ...changes }, { records: recordsOf(names), attempt: 0 });
  return { got, pauses, givenUp, done };
}

describe('deliverBatch', () => {
  it('is done when nothing failed', async () => {
    expect(await deliver('abc', () => '')).toMatchObject({ got: ['abc'], givenUp: [], done: true });
  });

  it('delivers again from the first failure on, halved', async () => {
    let calls = 0;
    const { got } = await deliver('abcdef', () => (++calls === 1 ? 'ce' : ''));

    expect(got).toEqual(['abcdef', 'cd', 'ef']);
  });

  it('gives a poisoned record up after its retries, and handles all others', async () => {
    const { got, givenUp, pauses } = await deliver('abcd', (batch) => (batch.includes('b') ? 'b' : ''));

    expect(givenUp).toEqual(['b']);
    expect(got.join(' ')).toBe('abcd bc b b b c d');
    expect(pauses).toEqual([100, 200]);
  });

  it('takes a thrown error as the failure of all', async () => {
    const { givenUp, got } = await deliver('ab', () => {
      throw new Error('no');
    });

    expect(givenUp).toEqual(['a', 'b']);
    expect(got).toEqual(['ab', 'a', 'a', 'a', 'b', 'b', 'b']);
  });

  it('takes an id that was not in the batch as the failure of all', async () => {
    expect((await deliver('a', () => 'z')).givenUp).toEqual(['a']);
  });

  it('does not halve, nor read the answer, unless the mapping says so', async () => {
    const { givenUp, got } = await deliver('ab', () => 'a', { bisects: false, reportsItemFailures: false });

    expect({ givenUp, got }).toEqual({ givenUp: [], got: ['ab'] });
  });

  it('is not done when the stack stops while it waits', async () => {
    const deps = { invoke: () => Promise.reject(new Error('no')), pause: () => Promise.resolve(false), giveUp: () => undefined };

    expect(await deliverBatch(deps, source, { records: recordsOf('a'), attempt: 0 })).toBe(false);
  });
});

describe('lambdaRecord', () => {
  it("has what Lambda's event has and the local engines leave out", () => {
    const record = lambdaRecord(
      {
        eventID: '1',
        eventName: 'MODIFY',
        awsRegion: 'dynoxide',
        dynamodb: {
          ApproximateCreationDateTime: new Date(1_795_287_642_900),
          Keys: { pk: { S: 'a' } },
          NewImage: { b: { B: new Uint8Array([1, 2]) }, m: { M: { l: { L: [{ BS: [new Uint8Array([3])] }] } } }, n: { N: '1' } },
          SequenceNumber: '111',
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
      },
      source.sourceArn,
    );

    expect(record).toEqual({
      eventID: '1',
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: source.sourceArn,
      dynamodb: {
        ApproximateCreationDateTime: 1_795_287_642,
        Keys: { pk: { S: 'a' } },
        NewImage: { b: { B: 'AQI=' }, m: { M: { l: { L: [{ BS: ['Aw=='] }] } } }, n: { N: '1' } },
        SequenceNumber: '111',
        SizeBytes: 0,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
  });

  it('calls a removal a removal', () => {
    expect(lambdaRecord({ eventName: 'UNKNOWN_TO_SDK_VERSION' as 'REMOVE', dynamodb: {} }, source.sourceArn).eventName).toBe('REMOVE');
  });
});
