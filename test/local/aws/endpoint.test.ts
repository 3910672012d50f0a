import { ConnectClient, DescribeContactCommand, StartOutboundVoiceContactCommand, StopContactCommand } from '@aws-sdk/client-connect';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { asked, options, published, useAws } from './aws-world.ts';

useAws();

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

describe('a browser', () => {
  it.each([{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])('is refused: %j', async (headers) => {
    const url = `${options.endpoint}/2015-03-31/functions/f/invocations`;
    const response = await fetch(url, { method: 'POST', headers: { ...headers } as Record<string, string>, body: '{}' });

    expect(response.status).toBe(403);
  });
});
