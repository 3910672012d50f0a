import { PinpointSMSVoiceV2Client, PutMessageFeedbackCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { ExecutionAlreadyExists, SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as door } from '../../functions/events/table-stream/handler.ts';
import { readStreamRecord } from '../../functions/events/table-stream/read-stream-record.ts';
import { recordedEvent } from './recorded-event.ts';

const handler = door as unknown as (event: unknown, context: unknown) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
const workflows = mockClient(SFNClient);
const messaging = mockClient(PinpointSMSVoiceV2Client);

beforeEach(() => {
  process.env['AWS_REGION'] = 'us-east-1';
  workflows.reset();
});

const workOf = (name: string) => recordedEvent(`table-stream/${name}`).Records.map(readStreamRecord);

describe('changes of the table', () => {
  it('are read into what has to be done about them', () => {
    expect(workOf('call-answered')).toEqual([{ do: 'wake', taskToken: 'AQB4AAAAKgAAAAMAAAAA' }]);
    expect(workOf('call-ringing')).toEqual([{ do: 'nothing' }]);
    expect(workOf('user-locked')).toMatchObject([{ do: 'notify', notice: 'user-locked', userKey: 'AAAAAAAAAAAAAAAAAAAAAA' }]);
    expect(workOf('expired-item-removed')).toEqual([{ do: 'nothing' }]);
    expect(workOf('text-used')).toEqual([{ do: 'report', messageId: 'ba9b8b3f-b2d7-5e5b-b34e-6d8b7ad50001' }]);
  });

  it('start the workflow of a new enrollment, and wake it when that has gone on, not when it only waits', () => {
    expect(workOf('enrollment-created')).toEqual([{ do: 'start', enrollmentId: '{enrollmentId}', enrollmentKey: 'ENROLLMENT#AAAAAAAAAAAAAAAAAAAAAA' }]);
    expect(workOf('enrollment-waiting')).toEqual([{ do: 'nothing' }]);
    expect([...workOf('enrollment-sent-again'), ...workOf('enrollment-canceled')]).toEqual([1, 2].map(() => ({ do: 'wake', taskToken: 'AQB4AAAAKgAAAAMAAAAA' })));
  });

  it('start a workflow under the name of its enrollment, once however often the record comes', async () => {
    process.env['COUNTERSIGN_ENROLLMENT_MACHINE'] = 'arn:aws:states:us-east-1:111122223333:stateMachine:enrollment';
    workflows.on(StartExecutionCommand).resolvesOnce({}).rejects(new ExecutionAlreadyExists({ message: 'there', $metadata: {} }));

    for (let times = 0; times < 2; times += 1) expect(await handler(recordedEvent('table-stream/enrollment-created'), {})).toEqual({ batchItemFailures: [] });

    expect(workflows.commandCalls(StartExecutionCommand)[0]?.args[0].input).toEqual({
      stateMachineArn: process.env['COUNTERSIGN_ENROLLMENT_MACHINE'],
      name: 'AAAAAAAAAAAAAAAAAAAAAA',
      input: JSON.stringify({ enrollmentId: '{enrollmentId}', enrollmentKey: 'ENROLLMENT#AAAAAAAAAAAAAAAAAAAAAA' }),
    });
  });

  it('tell the administrators of an organization of an event in its own trail', () => {
    const [record] = recordedEvent('table-stream/user-locked').Records;
    Object.assign(record.dynamodb.NewImage, { pk: { S: 'ORG#AAAAAAAAAAAAAAAAAAAAAA' }, organizationId: { S: 'acme' }, notice: { S: 'enforcement-started' } });

    expect(readStreamRecord(record)).toMatchObject({ do: 'tell', notice: 'enforcement-started', organizationId: 'acme' });
  });

  it('name the same event when it is delivered twice, so that it is told once', () => {
    const [first, second] = workOf('factor-added-twice');
    expect(second).toEqual(first);
  });

  it('wake the workflow that waits', async () => {
    workflows.on(SendTaskSuccessCommand).resolves({});
    expect(await handler(recordedEvent('table-stream/call-answered'), {})).toEqual({ batchItemFailures: [] });
    expect(workflows.commandCalls(SendTaskSuccessCommand)[0]?.args[0].input).toEqual({ taskToken: 'AQB4AAAAKgAAAAMAAAAA', output: '{}' });
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('are done when the workflow has gone on: %s', async (name) => {
    workflows.on(SendTaskSuccessCommand).rejects(Object.assign(new Error('gone'), { name }));
    expect(await handler(recordedEvent('table-stream/call-answered'), {})).toEqual({ batchItemFailures: [] });
  });

  it('report a text whose code was right, once its id is known, and hold up nothing when that fails', async () => {
    process.env['COUNTERSIGN_TEXTING'] = JSON.stringify({ carrier: 'end-user-messaging', origination: 'arn:pool', mostPerText: '0.10', repliesFrom: [] });
    messaging.on(PutMessageFeedbackCommand).resolvesOnce({}).rejects(new Error('down'));
    const event = recordedEvent('table-stream/text-used');

    expect(await handler(event, {})).toEqual({ batchItemFailures: [] });
    expect(await handler(event, {})).toEqual({ batchItemFailures: [] });

    expect(messaging.call(0).args[0].input).toEqual({ MessageId: 'ba9b8b3f-b2d7-5e5b-b34e-6d8b7ad50001', MessageFeedbackStatus: 'RECEIVED' });
    const unknown = recordedEvent('table-stream/text-used', (batch) => delete batch.Records[0].dynamodb.NewImage.messageId);
    expect(readStreamRecord(unknown.Records[0])).toEqual({ do: 'nothing' });
    const again = recordedEvent('table-stream/text-used', ({ Records: [record] }) => (record.dynamodb.OldImage = record.dynamodb.NewImage));
    expect(readStreamRecord(again.Records[0])).toEqual({ do: 'nothing' });
  });

  it('come again from the one that failed on', async () => {
    workflows.on(SendTaskSuccessCommand).rejects(new Error('down'));
    const event = recordedEvent('table-stream/call-answered');
    const { batchItemFailures } = await handler(event, {});
    expect(batchItemFailures).toEqual([{ itemIdentifier: event.Records[0].dynamodb.SequenceNumber }]);
  });
});
