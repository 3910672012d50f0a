import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localClient } from '../../../local/database/create-table.ts';
import { act, ended, eventually, post, ringing, startDoors } from './doors-stack.ts';
import type { LocalStack } from '../../../local/start-local.ts';

let stack: LocalStack;
let dynamo: DynamoDBClient;

beforeAll(async () => {
  stack = await startDoors();
  dynamo = localClient(stack.database.endpoint);
}, 60_000);
afterAll(async () => {
  dynamo.destroy();
  await stack.stop();
});

describe('the synthesized stage on one machine', () => {
  it('answers by the function of the route, with its environment from the template', async () => {
    const environment = JSON.parse((await act(stack, 'environment')).text) as Record<string, string>;

    expect(environment).toMatchObject({
      COUNTERSIGN_STAGE: 'local',
      COUNTERSIGN_TABLE: stack.database.tableName,
      COUNTERSIGN_ISSUER: stack.running.apiUrl,
      COUNTERSIGN_ROOT_KEY: expect.stringMatching(/^arn:aws:kms:/),
      AWS_LAMBDA_FUNCTION_NAME: 'countersign-local-api-sign-in',
    });
  });

  it('gives what is no route to the function that says so', async () => {
    const event: unknown = await (await fetch(`${stack.running.apiUrl}/v1/nowhere`)).json();

    expect(event).toMatchObject({ routeKey: '$default', rawPath: '/v1/nowhere' });
    expect(event).not.toHaveProperty('pathParameters');
  });

  it('knows every type of resource in the template', () => {
    expect(stack.notRun).toEqual([]);
  });

  it('lets functions use KMS, bound to the encryption context', async () => {
    expect(await stack.functions.call(stack.functionNamed('operator'), {})).toEqual({ opened: true });
  });

  it('serves 200 callers at once, each change once', async () => {
    const replies = await Promise.all(Array.from({ length: 200 }, () => act(stack, 'count')));
    const counts = replies.map(({ text }) => (JSON.parse(text) as { count: number }).count);

    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(counts.sort((one, other) => one - other)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  it('survives what functions do wrong', async () => {
    expect((await act(stack, 'throw')).status).toBe(500);
    expect((await act(stack, 'exit')).status).toBe(500);
    expect((await act(stack, 'text')).text).toBe('plain');
  });

  it('moves the time of functions with its clock', async () => {
    stack.clock.advance(3600);
    const { now } = JSON.parse((await act(stack, 'time')).text) as { now: number };

    expect(now - Date.now()).toBeGreaterThan(3_590_000);
  });
});

describe('a phone call', () => {
  it('rings, takes the PIN, and wakes the workflow by way of the stream', async () => {
    const number = '+12025550142';
    await post(stack, '/v1/challenges/chl_approved/send', { to: number });
    const { callId } = await ringing(stack, number);
    await stack.connect.answer(callId);
    const call = await stack.connect.keys(callId, '4711#');

    expect(call.heard).toEqual(['ask', 'approved']);
    expect(await ended(stack, 'chl_approved')).toBe('SUCCEEDED');
  });

  it('rings again when nobody answers: the contact event ends the leg, the clock ends the pause', async () => {
    const number = '+12025550143';
    await post(stack, '/v1/challenges/chl_busy/send', { to: number });
    const first = await ringing(stack, number);
    await stack.connect.busy(first.callId);
    const paused = () => stack.workflows.list().find(({ name, step }) => name === 'chl_busy' && step.state === 'Pause');
    await eventually(paused);
    stack.clock.advance(5);
    const second = await ringing(stack, number);
    await stack.connect.answer(second.callId);
    await stack.connect.keys(second.callId, '4711#');

    expect(second.callId).not.toBe(first.callId);
    expect(await ended(stack, 'chl_busy')).toBe('SUCCEEDED');
  });

  it('goes on by the time-out when no event comes, and ends after five legs', async () => {
    const number = '+12025550144';
    await post(stack, '/v1/challenges/chl_silent/send', { to: number });
    for (let leg = 1; leg <= 5; leg += 1) {
      await ringing(stack, number);
      const waits = () => stack.workflows.list().find(({ name, step }) => name === 'chl_silent' && step.task?.called);
      await eventually(waits);
      stack.clock.advance(111);
      if (leg === 5) break;
      await eventually(() => stack.workflows.list().find(({ name, step }) => name === 'chl_silent' && step.state === 'Pause'));
      stack.clock.advance(5);
    }

    expect(await ended(stack, 'chl_silent')).toBe('SUCCEEDED');
    expect(stack.connect.calls(number)).toHaveLength(5);
  });
});

describe('a mail that comes back', () => {
  it('is told by topic and queue to its function', async () => {
    stack.outbox.setFault('email', { bounce: 'gone@example.com' });
    const ses = new SESClient({ endpoint: stack.awsUrl, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
    const Message = { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } };
    await ses.send(new SendEmailCommand({ Source: 'no-reply@countersign.example', Destination: { ToAddresses: ['gone@example.com'] }, Message, Tags: [{ Name: 'user', Value: 'u-7' }] }));
    let found: string | undefined;
    await eventually(() => {
      const Key = { pk: { S: 'MAIL#u-7' }, sk: { S: 'MAIL' } };
      void dynamo.send(new GetItemCommand({ TableName: stack.database.tableName, Key })).then(({ Item }) => (found = Item?.['type']?.S));
      return found;
    });

    expect(found).toBe('Bounce');
    ses.destroy();
  });
});

describe('a reply to a text', () => {
  it('goes by topic and queue to its function', async () => {
    const messageId = stack.numbers.send({ to: '+12025550145', origination: '+12025550199', text: 'Reply?', timeToLive: 300 });
    stack.outbox.reply(messageId, { text: 'four two' });
    const Key = { pk: { S: 'REPLY#+12025550145' }, sk: { S: 'REPLY' } };
    let found: string | undefined;
    await eventually(() => {
      void dynamo.send(new GetItemCommand({ TableName: stack.database.tableName, Key })).then(({ Item }) => (found = Item?.['text']?.S));
      return found;
    });

    expect(found).toBe('four two');
  });
});

describe("the table's stream", () => {
  const put = (sk: string, notice?: string) =>
    dynamo.send(
      new PutItemCommand({
        TableName: stack.database.tableName,
        Item: { pk: { S: 'USER#u' }, sk: { S: sk }, ...(notice === undefined ? {} : { notice: { S: notice } }) },
      }),
    );
  const subjects = () => stack.outbox.list('demo@acme.example').map(({ subject }) => subject);

  it('delivers what the filter wants, and nothing else', async () => {
    await put('STATE', 'no-event');
    await put('EVENT#000000000001');
    await put('EVENT#000000000002', 'locked');
    await eventually(() => (subjects().includes('locked') ? true : undefined));

    expect(subjects()).toEqual(['locked']);
  });

  it('gives up a poisoned record after its retries, and then delivers the next', async () => {
    await put('EVENT#000000000003', 'poison');
    await put('EVENT#000000000004', 'after');
    await eventually(() => (subjects().includes('after') ? true : undefined));
    const dead = stack.queues.waiting('arn:aws:sqs:us-east-1:111122223333:countersign-local-table-stream-dead');

    expect(dead).toHaveLength(1);
    expect(dead[0]?.body).toContain('EVENT#000000000003');
  });
});
