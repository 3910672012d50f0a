import { BatchGetItemCommand, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler as door } from '../../functions/events/inbound-text/handler.ts';
import { readInboundText } from '../../functions/events/inbound-text/read-inbound-text.ts';
import { recordedEvent } from './recorded-event.ts';

const handler = door as unknown as (event: unknown, context: unknown) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
const dynamo = mockClient(DynamoDBClient);
const topic = 'arn:aws:sns:us-east-1:111122223333:countersign-local-text-replies';
const context = { awsRequestId: 'r-1' };
const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);

beforeEach(() => {
  Object.assign(process.env, {
    COUNTERSIGN_STAGE: 'test',
    COUNTERSIGN_TABLE: 'countersign-test',
    COUNTERSIGN_ROOT_KEY: 'arn:aws:kms:us-east-1:111122223333:key/test',
    COUNTERSIGN_REPLIES_TOPIC: topic,
    AWS_REGION: 'us-east-1',
  });
  dynamo.reset();
  written.mockClear();
});

const readAll = (name: string) => recordedEvent(`inbound-text/${name}`).Records.map(({ body }: { body: string }) => readInboundText(body, topic));

describe('what people text us', () => {
  it.each([
    ['reply', '{reply}'],
    ['reply-with-words', 'it says {reply}, thanks'],
    ['several-codes', '{reply} {reply}'],
    ['not-me', 'No'],
    ['stop', 'STOP'],
  ])('%s is read as what they wrote, from whom, under the id of the text', (name, text) => {
    const [read] = readAll(name);
    expect(read).toMatchObject({ from: '+12025550147', text });
    expect(read?.messageId).toMatch(/^cae173d2-/);
    expect(read?.previousMessageId).toMatch(/^ba9b8b3f-/);
  });

  it('has the same id when it is delivered twice', () => {
    const [one, other] = readAll('reply-twice');
    expect(one).toEqual(other);
  });

  it.each(['other-topic', 'not-json', 'subscription-confirmation'])('%s is not ours: done, nothing is read, no address is called (A80)', async (name) => {
    const called = vi.spyOn(globalThis, 'fetch');
    expect(await handler(recordedEvent(`inbound-text/${name}`), context)).toEqual({ batchItemFailures: [] });
    expect(dynamo.calls()).toHaveLength(0);
    expect(called).not.toHaveBeenCalled();
    called.mockRestore();
  });

  it.each([
    ['a number that is none', { originationNumber: 'ACME' }],
    ['no id', { inboundMessageId: '' }],
    ['no words at all', { messageBody: null }],
  ])('is not read with %s', (_which, change) => {
    const event = recordedEvent('inbound-text/reply', (batch) => {
      const envelope = JSON.parse(batch.Records[0].body) as { Message: string };
      envelope.Message = JSON.stringify({ ...(JSON.parse(envelope.Message) as object), ...change });
      batch.Records[0].body = JSON.stringify(envelope);
    });
    expect(readInboundText(event.Records[0].body as string, topic)).toBeUndefined();
  });

  it('says of a text of ours that it did not arrive: marked for that send, and no other', async () => {
    dynamo.on(UpdateItemCommand).resolves({});

    expect(await handler(recordedEvent('inbound-text/not-delivered'), context)).toEqual({ batchItemFailures: [] });

    expect(dynamo.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input)).toMatchObject([
      { Key: { pk: { S: 'CALL#AAAAAAAAAAAAAAAAAAAAAA' } }, ExpressionAttributeValues: { ':state': { S: 'undeliverable' }, ':reason': { S: 'unreachable' }, ':send': { N: '1' } } },
      { ExpressionAttributeValues: { ':reason': { S: 'blocked' } } },
      { ExpressionAttributeValues: { ':reason': { S: 'too-late' } } },
    ]);
  });

  it.each([{ record: 'USER#AAAAAAAAAAAAAAAAAAAAAA', send: '1' }, { record: 'CALL#AAAAAAAAAAAAAAAAAAAAAA', send: '0' }, undefined])('names no other item: %j', (changed) => {
    const event = recordedEvent('inbound-text/not-delivered', (batch) => {
      const envelope = JSON.parse(batch.Records[0].body) as { Message: string };
      envelope.Message = JSON.stringify({ ...(JSON.parse(envelope.Message) as object), context: changed });
      batch.Records[0].body = JSON.stringify(envelope);
    });
    expect(readInboundText(event.Records[0].body as string, topic)).toBeUndefined();
  });

  it('is tried again when it could not be decided, and the rest of the batch is not; no log holds what was written', async () => {
    dynamo.on(BatchGetItemCommand).rejects(new Error('down'));
    const event = recordedEvent('inbound-text/reply', (batch) => (batch.Records[1] = recordedEvent('inbound-text/not-json').Records[0]));

    expect(await handler(event, context)).toEqual({ batchItemFailures: [{ itemIdentifier: event.Records[0].messageId }] });

    const log = written.mock.calls.map(([line]) => String(line)).join('');
    expect(log).toContain('text-not-decided');
    for (const secret of ['{reply}', '2025550147']) expect(log).not.toContain(secret);
  });
});
