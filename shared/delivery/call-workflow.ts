/** The workflow that places calls: starting it, and waking it. Its name is made of challenge and send, so that a replay starts nothing twice. */
import { ExecutionAlreadyExists, SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Problem } from '../platform/problems/problem.ts';

export interface CallWorkflow {
  start(name: string, input: { readonly challengeId: string; readonly callKey: string }): Promise<void>;
}

const makeClient = (): SFNClient => new SFNClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1000, requestTimeout: 3000 } });

export function stepFunctionsCallWorkflow(stateMachineArn: string): CallWorkflow {
  const client = makeClient();
  return {
    start: async (name, input) => {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return;
        throw new Problem('unavailable', { retryAfterSeconds: 2 }, error);
      }
    },
  };
}

export type Waker = (taskToken: string) => Promise<'woken' | 'gone-on'>;

/** It has gone on, or ended: there is nobody left to wake. */
const goneOn = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

/** Wakes a workflow that waits for the outcome of a leg. The token only wakes; the outcome is read from the table. */
export function stepFunctionsWaker(): Waker {
  const client = makeClient();
  return async (taskToken) => {
    try {
      await client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
      return 'woken';
    } catch (error) {
      if (error instanceof Error && goneOn.has(error.name)) return 'gone-on';
      throw error;
    }
  };
}
