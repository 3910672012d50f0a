import { ConnectClient, DescribeContactCommand } from '@aws-sdk/client-connect';
import { BatchGetItemCommand, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as door } from '../../functions/events/connect-contact-events/handler.ts';
import { readContactEvent } from '../../functions/events/connect-contact-events/read-contact-event.ts';
import { recordedEvent } from './recorded-event.ts';

const handler = door as unknown as (event: unknown, context: unknown) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
const dynamo = mockClient(DynamoDBClient);
const connect = mockClient(ConnectClient);
const table = 'countersign-test';
const contactId = '{contactId}';
/** In the form of an id, of nobody: the pointer was written by us, so that this door does not check it. */
const challengeId = `chl_${Buffer.alloc(57, 1).toString('base64url')}`;

const item = (attributes: Record<string, unknown>) => ({ Responses: { [table]: [attributes] } }) as never;

/** The pointer, then the call that it names. */
function aCall(changes: Record<string, unknown> = {}): void {
  const partition = `CALL#${Buffer.alloc(16, 1).toString('base64url')}`;
  const call = {
    pk: { S: partition }, sk: { S: 'CALL' }, challengeId: { S: challengeId }, contactId: { S: contactId }, leg: { N: '1' }, send: { N: '1' },
    legClosed: { BOOL: false }, state: { S: 'queued' }, unanswered: { N: '0' }, done: { BOOL: false }, ...changes,
  };
  dynamo
    .on(BatchGetItemCommand)
    .resolvesOnce(item({ pk: { S: `CONTACT#${contactId}` }, sk: { S: 'CONTACT' }, challengeId: { S: challengeId }, leg: { N: '1' } }))
    .resolves(item(call));
}

const written = (): Record<string, unknown>[] => dynamo.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input.ExpressionAttributeValues ?? {});

beforeEach(() => {
  process.env['COUNTERSIGN_STAGE'] = 'test';
  process.env['COUNTERSIGN_TABLE'] = table;
  process.env['COUNTERSIGN_CONNECT_INSTANCE'] = 'arn:aws:connect:us-east-1:111122223333:instance/00000000-1111-4222-8333-444444444444';
  process.env['AWS_REGION'] = 'us-east-1';
  dynamo.reset();
  connect.reset();
  connect.on(DescribeContactCommand).resolves({ Contact: {} });
});

describe('contact events', () => {
  it.each([
    ['initiated', { ':state': { S: 'ringing' } }],
    ['connected', { ':state': { S: 'answered' } }],
    ['hung-up', { ':state': { S: 'answered' }, ':legOutcome': { S: 'ended' } }],
    ['not-answered', { ':state': { S: 'no-answer' }, ':legOutcome': { S: 'ended' } }],
    ['not-answered-1970', { ':state': { S: 'no-answer' }, ':legOutcome': { S: 'ended' } }],
  ])('%s moves the call on', async (name, values) => {
    aCall();
    expect(await handler(recordedEvent(`connect-contact-events/${name}`), {})).toEqual({ batchItemFailures: [] });
    expect(written()[0]).toMatchObject(values);
  });

  it('tells a busy line from one that nobody answered by asking Connect', async () => {
    aCall();
    connect.on(DescribeContactCommand).resolves({ Contact: { DisconnectReason: 'TELECOM_BUSY' } });
    await handler(recordedEvent('connect-contact-events/not-answered'), {});
    expect(written()[0]).toMatchObject({ ':state': { S: 'busy' } });
  });

  it('is tried again when it comes before its call was written down', async () => {
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { [table]: [] } });
    const { batchItemFailures } = await handler(recordedEvent('connect-contact-events/connected'), {});
    expect(batchItemFailures).toHaveLength(1);
  });

  it.each(['unknown-type', 'chat', 'not-json'])('%s is not ours: done, and nothing is written', async (name) => {
    expect(await handler(recordedEvent(`connect-contact-events/${name}`), {})).toEqual({ batchItemFailures: [] });
    expect(dynamo.calls()).toHaveLength(0);
  });

  it('keeps the rest of a batch when one record fails', async () => {
    dynamo.on(BatchGetItemCommand).rejectsOnce(new Error('down')).resolves({ Responses: { [table]: [] } });
    const event = recordedEvent('connect-contact-events/completed-before-connected', (batch) => (batch.Records[1].body = 'not ours'));
    const { batchItemFailures } = await handler(event, {});
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([event.Records[0].messageId, event.Records[2].messageId]);
  });

  it('reads a channel in any case', () => {
    const [record] = recordedEvent('connect-contact-events/not-answered-1970').Records;
    expect(readContactEvent(record.body)).toEqual({ contactId, type: 'ended', wasConnected: false });
  });
});
