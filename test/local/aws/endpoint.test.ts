import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectClient, DescribeContactCommand, StartOutboundVoiceContactCommand, StopContactCommand } from '@aws-sdk/client-connect';
import { DecryptCommand, EncryptCommand, GenerateDataKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { DescribeExecutionCommand, SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSes, createSns } from '../../../local/aws/carriers.ts';
import { createAwsEndpoint } from '../../../local/aws/endpoint.ts';
import { createEventBridge } from '../../../local/aws/event-bridge.ts';
import { createKeyStore } from '../../../local/aws/key-store.ts';
import { createKms } from '../../../local/aws/kms.ts';
import { connectRoutes, lambdaRoutes } from '../../../local/aws/rest-services.ts';
import { createStepFunctions } from '../../../local/aws/step-functions.ts';
import { createOutbox } from '../../../local/outbox/outbox.ts';
import { listen, type Listening } from '../../../local/stack/ports.ts';
import { ServiceError } from '../../../local/aws/service-error.ts';
import type { Connect } from '../../../local/telephone/connect.ts';
import type { WorkflowEngine } from '../../../local/workflow/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'aws-'));
const keyFile = join(folder, 'keys.json');
const arn = (id: string) => `arn:aws:kms:us-east-1:111122223333:key/${id}`;
const keys = [
  { id: 'root', arn: arn('root'), aliases: ['alias/countersign-local-root'] },
  { id: 'data', arn: arn('data'), aliases: [] },
];
const outbox = createOutbox({ now: Date.now });
const asked: unknown[] = [];
const published: unknown[] = [];
const lines: string[] = [];

const connect = {
  startOutboundVoiceContact: (request: unknown) => {
    asked.push(request);
    return { ContactId: 'contact-1' };
  },
  describeContact: (id: string) => ({ Id: id, DisconnectReason: 'TELECOM_BUSY', DisconnectTimestamp: 1_795_287_642.5 }),
  stopContact: () => {
    throw new ServiceError('ContactNotFoundException', 'ended', 410);
  },
} as unknown as Connect;

const record = { arn: 'arn:e', machineArn: 'arn:m', name: 'n', input: '{}', startedAt: 1_795_287_642_000, status: 'RUNNING' };
const engine = {
  start: () => record,
  get: () => record,
  settle: () => {
    throw new ServiceError('TaskTimedOut', 'too late');
  },
} as unknown as WorkflowEngine;

let listening: Listening;
let options: { endpoint: string; region: string; maxAttempts: number; credentials: { accessKeyId: string; secretAccessKey: string } };

beforeAll(async () => {
  const services = {
    json: {
      TrentService: createKms(createKeyStore(keys, keyFile)),
      AWSStepFunctions: createStepFunctions(engine),
      AWSEvents: createEventBridge({ publish: (event) => String(published.push(event)) }),
    },
    query: { '2010-03-31': createSns(outbox, (line) => lines.push(line)), '2010-12-01': createSes(outbox) },
    rest: [
      ...connectRoutes(connect),
      ...lambdaRoutes({
        invoke: async (name: string, event: unknown) =>
          name === 'bad' ? { payload: '{"errorType":"E"}', functionError: 'Unhandled' as const } : { payload: JSON.stringify({ name, event }) },
      } as never),
    ],
  };
  listening = await listen(createServer(createAwsEndpoint(services, (line) => lines.push(line))), 0);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  options = { endpoint: `http://127.0.0.1:${listening.port}`, region: 'us-east-1', maxAttempts: 1, credentials };
});
afterAll(async () => {
  await listening.stop();
  rmSync(folder, { recursive: true });
});

describe('KMS', () => {
  const context = { stage: 'local', purpose: 'countersign-root' };
  const kms = () => new KMSClient(options);

  it('makes data keys that it can open again, also after a restart', async () => {
    const made = await kms().send(new GenerateDataKeyCommand({ KeyId: arn('root'), KeySpec: 'AES_256', EncryptionContext: context }));
    const restarted = createKms(createKeyStore(keys, keyFile));
    const opened = (await restarted['Decrypt']?.({
      CiphertextBlob: Buffer.from(made.CiphertextBlob ?? []).toString('base64'),
      EncryptionContext: { purpose: 'countersign-root', stage: 'local' },
    })) as { Plaintext: string; KeyId: string };

    expect(made.Plaintext).toHaveLength(32);
    expect(opened.Plaintext).toBe(Buffer.from(made.Plaintext ?? []).toString('base64'));
    expect(opened.KeyId).toBe(arn('root'));
  });

  it('opens only with the same context', async () => {
    const Plaintext = Buffer.from('secret');
    const { CiphertextBlob } = await kms().send(new EncryptCommand({ KeyId: 'alias/countersign-local-root', Plaintext, EncryptionContext: context }));

    const opened = await kms().send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }));
    expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('secret');
    await expect(kms().send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { ...context, stage: 'other' } }))).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
    await expect(kms().send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('refuses the wrong key, an unknown key and what it did not seal', async () => {
    const { CiphertextBlob } = await kms().send(new EncryptCommand({ KeyId: 'root', Plaintext: Buffer.from('x') }));

    await expect(kms().send(new DecryptCommand({ CiphertextBlob, KeyId: 'data' }))).rejects.toMatchObject({ name: 'IncorrectKeyException' });
    await expect(kms().send(new EncryptCommand({ KeyId: 'nobody', Plaintext: Buffer.from('x') }))).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(kms().send(new DecryptCommand({ CiphertextBlob: Buffer.from('nonsense') }))).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('says plainly what it does not do', async () => {
    const sign = new SignCommand({ KeyId: 'root', Message: Buffer.from('x'), SigningAlgorithm: 'ECDSA_SHA_256' });

    await expect(kms().send(sign)).rejects.toMatchObject({ name: 'UnknownOperationException', message: expect.stringContaining('TrentService.Sign') });
  });
});

describe('Step Functions', () => {
  it('starts, with the time in seconds', async () => {
    const started = await new SFNClient(options).send(new StartExecutionCommand({ stateMachineArn: 'arn:m', name: 'n' }));

    expect(started).toMatchObject({ executionArn: 'arn:e', startDate: new Date(1_795_287_642_000) });
    expect(await new SFNClient(options).send(new DescribeExecutionCommand({ executionArn: 'arn:e' }))).toMatchObject({ status: 'RUNNING', name: 'n' });
  });

  it('throws errors of its own', async () => {
    await expect(new SFNClient(options).send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' }))).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });
});

describe('SNS', () => {
  const sns = () => new SNSClient(options);

  it('delivers a text to the outbox, in any alphabet', async () => {
    const MessageAttributes = { 'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: 'ACME' } };
    const { MessageId } = await sns().send(new PublishCommand({ PhoneNumber: '+12025550111', Message: 'Ümläut & <Zeichen>', MessageAttributes }));

    expect(outbox.list('+12025550111')).toMatchObject([{ messageId: MessageId, channel: 'sms', from: 'ACME', text: 'Ümläut & <Zeichen>' }]);
  });

  it('refuses what is no number, and is out of order when it should be', async () => {
    await expect(sns().send(new PublishCommand({ PhoneNumber: '12', Message: 'x' }))).rejects.toMatchObject({ name: expect.stringMatching(/^InvalidParameter/) });
    outbox.setFault('sms', { outageSeconds: 60 });

    await expect(sns().send(new PublishCommand({ PhoneNumber: '+12025550112', Message: 'x' }))).rejects.toMatchObject({
      name: expect.stringMatching(/^InternalError/),
      $metadata: { httpStatusCode: 500 },
    });
    outbox.setFault('sms', { outageSeconds: 0 });
  });

  it('writes down what a topic would tell', async () => {
    await sns().send(new PublishCommand({ TopicArn: 'arn:topic', Subject: 'Alarm', Message: 'x' }));

    expect(lines).toContain('SNS arn:topic: Alarm');
  });
});

describe('SES', () => {
  it('delivers a mail to each recipient', async () => {
    const Message = { Subject: { Data: 'Hello & welcome' }, Body: { Text: { Data: 'text' }, Html: { Data: '<b>html</b>' } } };
    const Destination = { ToAddresses: ['a@example.com'], CcAddresses: ['b@example.com'] };
    const { MessageId } = await new SESClient(options).send(new SendEmailCommand({ Source: 'no-reply@countersign.example', Destination, Message }));

    expect(outbox.list('a@example.com')).toMatchObject([{ messageId: MessageId, channel: 'email', subject: 'Hello & welcome', text: 'text', html: '<b>html</b>' }]);
    expect(outbox.list('b@example.com')).toHaveLength(1);
  });

  it('refuses a mail to nobody', async () => {
    const Message = { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } };

    await expect(new SESClient(options).send(new SendEmailCommand({ Source: 'a@example.com', Destination: {}, Message }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});

describe('Connect', () => {
  const client = () => new ConnectClient(options);

  it('places a call, and describes it', async () => {
    const call = { InstanceId: 'i', ContactFlowId: 'f', DestinationPhoneNumber: '+12025550142', SourcePhoneNumber: '+12025550100', ClientToken: 't' };
    const { ContactId } = await client().send(new StartOutboundVoiceContactCommand(call));
    const { Contact } = await client().send(new DescribeContactCommand({ InstanceId: 'i', ContactId }));

    expect(asked).toEqual([call]);
    expect(Contact).toMatchObject({ Id: 'contact-1', DisconnectReason: 'TELECOM_BUSY', DisconnectTimestamp: new Date(1_795_287_642_500) });
  });

  it('throws errors of its own', async () => {
    await expect(client().send(new StopContactCommand({ InstanceId: 'i', ContactId: 'c' }))).rejects.toMatchObject({ name: 'ContactNotFoundException' });
  });
});

describe('Lambda', () => {
  it('gives the event to the function, and says when that failed', async () => {
    const lambda = new LambdaClient(options);
    const FunctionName = 'arn:aws:lambda:us-east-1:111122223333:function:f';
    const good = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{"n":1}' }));
    const bad = await lambda.send(new InvokeCommand({ FunctionName: 'bad' }));

    expect(JSON.parse(Buffer.from(good.Payload ?? []).toString())).toEqual({ name: FunctionName, event: { n: 1 } });
    expect(good.FunctionError).toBeUndefined();
    expect(bad).toMatchObject({ FunctionError: 'Unhandled', StatusCode: 200 });
    expect((await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }))).StatusCode).toBe(202);
  });
});

describe('EventBridge', () => {
  it('publishes', async () => {
    const Entries = [{ Source: 'ours', DetailType: 'Thing', Detail: '{"a":1}', Resources: ['r'] }];
    const headers = { 'x-amz-target': 'AWSEvents.PutEvents', 'content-type': 'application/x-amz-json-1.1' };
    const response = await fetch(options.endpoint, { method: 'POST', headers, body: JSON.stringify({ Entries }) });

    expect(await response.json()).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
    expect(published).toEqual([{ source: 'ours', 'detail-type': 'Thing', resources: ['r'], detail: { a: 1 } }]);
  });
});
