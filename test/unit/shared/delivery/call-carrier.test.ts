import { ConnectClient, StartOutboundVoiceContactCommand } from '@aws-sdk/client-connect';
import { ExecutionAlreadyExists, SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { connectCarrier, type OutgoingCall } from '../../../../shared/delivery/call-carrier.ts';
import { promptsFor } from '../../../../shared/delivery/call-prompts.ts';
import { stepFunctionsCallWorkflow, stepFunctionsWaker } from '../../../../shared/delivery/workflows.ts';

const [connect, workflows] = [mockClient(ConnectClient), mockClient(SFNClient)];
beforeEach(() => {
  connect.reset();
  workflows.reset();
});

const carrier = connectCarrier({
  instanceArn: 'arn:aws:connect:eu-west-2:111122223333:instance/inst-1',
  flows: { key: 'arn:aws:connect:eu-west-2:111122223333:instance/inst-1/contact-flow/flow-key', entry: 'arn:aws:connect:eu-west-2:111122223333:instance/inst-1/contact-flow/flow-entry' },
  callerNumber: '+12025550100',
});
const call: OutgoingCall = {
  token: 'CALL#x-1-2', to: '+12025550142', flow: 'entry', challengeId: 'chl_1', leg: 2,
  language: 'es',
  prompts: promptsFor({ method: 'call-pin', language: 'es', organizationName: 'Acme' }),
};
const named = (name: string): Error => Object.assign(new Error('no'), { name });

describe('the carrier on Amazon Connect', () => {
  it('asks for one call, under a token of its own, with no secret in its attributes', async () => {
    connect.on(StartOutboundVoiceContactCommand).resolves({ ContactId: 'contact-1' });

    expect(await carrier.call(call)).toEqual({ outcome: 'placed', contactId: 'contact-1' });

    expect(connect.call(0).args[0].input).toEqual({
      InstanceId: 'inst-1', ContactFlowId: 'flow-entry', DestinationPhoneNumber: '+12025550142', SourcePhoneNumber: '+12025550100', ClientToken: 'CALL#x-1-2',
      Attributes: { challengeId: 'chl_1', leg: '2', language: 'es', ...call.prompts },
    });
  });

  it.each(['DestinationNotAllowedException', 'OutboundContactNotPermittedException', 'InvalidParameterException', 'InvalidRequestException', 'ResourceNotFoundException', 'LimitExceededException'])(
    'takes %s for an answer: trying again would change nothing',
    async (name) => {
      connect.on(StartOutboundVoiceContactCommand).rejects(named(name));

      expect(await carrier.call(call)).toEqual({ outcome: 'refused', reason: name });
    },
  );

  it.each(['InternalServiceException', 'TooManyRequestsException', 'TimeoutError'])('fails on %s, so that the task is tried again', async (name) => {
    connect.on(StartOutboundVoiceContactCommand).rejects(named(name));

    await expect(carrier.call(call)).rejects.toThrow();
  });

  it('does not take an answer without a contact for a call', async () => {
    connect.on(StartOutboundVoiceContactCommand).resolves({});

    await expect(carrier.call(call)).rejects.toThrow('without a contact id');
  });
});

describe('the workflow of calls', () => {
  const workflow = stepFunctionsCallWorkflow('arn:machine');
  const input = { challengeId: 'chl_1', callKey: 'CALL#x' };

  it('is started under its name, with ids only', async () => {
    workflows.on(StartExecutionCommand).resolves({});

    await workflow.start('abc-1', input);

    expect(workflows.call(0).args[0].input).toEqual({ stateMachineArn: 'arn:machine', name: 'abc-1', input: JSON.stringify(input) });
  });

  it('is started already, for a request that comes again (X10)', async () => {
    workflows.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ message: '', $metadata: {} }));

    expect(await workflow.start('abc-1', input)).toBeUndefined();
  });

  it('is a problem to be tried again when it cannot be started', async () => {
    workflows.on(StartExecutionCommand).rejects(named('ServiceUnavailable'));

    await expect(workflow.start('abc-1', input)).rejects.toMatchObject({ problem: 'unavailable' });
  });

  it('is woken by its token, which says nothing', async () => {
    workflows.on(SendTaskSuccessCommand).resolves({});

    expect(await stepFunctionsWaker()('token')).toBe('woken');
    expect(workflows.call(0).args[0].input).toEqual({ taskToken: 'token', output: '{}' });
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('has gone on when Step Functions says %s', async (name) => {
    workflows.on(SendTaskSuccessCommand).rejects(named(name));

    expect(await stepFunctionsWaker()('token')).toBe('gone-on');
  });
});
