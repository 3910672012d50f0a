import { BatchGetItemCommand, DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as door } from '../../functions/events/mail-events/handler.ts';
import { readMailEvent } from '../../functions/events/mail-events/read-mail-event.ts';
import { recordedEvent } from './recorded-event.ts';

const handler = door as unknown as (event: unknown, context: unknown) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
const dynamo = mockClient(DynamoDBClient);

beforeEach(() => {
  Object.assign(process.env, { COUNTERSIGN_STAGE: 'test', COUNTERSIGN_TABLE: 'countersign-test', COUNTERSIGN_ROOT_KEY: 'arn:aws:kms:us-east-1:111122223333:key/root', AWS_REGION: 'us-east-1' });
  dynamo.reset();
});

const bodies = (name: string): string[] => (recordedEvent(`mail-events/${name}`) as { Records: { body: string }[] }).Records.map(({ body }) => body);
const read = (name: string) => readMailEvent(bodies(name)[0] ?? '');

describe('readMailEvent', () => {
  it.each([
    ['bounce-permanent', 'bounced'],
    ['bounce-suppressed', 'bounced'],
    ['feedback-notification', 'bounced'],
    ['complaint', 'complained'],
  ])('reads %s as %s, with whom it is about', (name, problem) => {
    expect(read(name)).toEqual({ problem, addresses: ['demo@acme.example'], userKey: '{userKey}', messageId: expect.stringMatching(/^0100/) as string });
  });

  it.each([
    ['bounce-transient', 'not-permanent'],
    ['bounce-of-another-mail', 'not-ours'],
    ['delivery', 'other-type'],
    ['not-json', 'not-readable'],
  ])('leaves %s alone: %s', (name, ignored) => {
    expect(read(name)).toEqual({ ignored });
  });

  it.each(['', 'null', '[]', '{}', '{"Message":5}', '{"Message":"null"}', '{"Message":"{\\"mail\\":{}}"}', '{"__proto__":{"Message":"{}"}}'])('reads nothing in %j', (body) => {
    expect(readMailEvent(body)).toEqual({ ignored: 'not-readable' });
  });
});

describe('mail events', () => {
  it.each(['bounce-transient', 'bounce-of-another-mail', 'delivery', 'not-json'])('%s is done with, without a look at the table', async (name) => {
    expect(await handler(recordedEvent(`mail-events/${name}`), {})).toEqual({ batchItemFailures: [] });
    expect(dynamo.calls()).toEqual([]);
  });

  it('come again, each by itself, when the table does not answer', async () => {
    dynamo.on(BatchGetItemCommand).rejects(Object.assign(new Error('no'), { name: 'InternalServerError' }));
    const event = recordedEvent('mail-events/complaint-and-bounce-twice') as { Records: { messageId: string }[] };

    const { batchItemFailures } = await handler(event, {});

    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(event.Records.map(({ messageId }) => messageId));
    expect(dynamo.commandCalls(TransactWriteItemsCommand)).toEqual([]);
  });
});
