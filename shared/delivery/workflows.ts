/** The workflows, that of calls and that of enrollments: starting one, under a name that a replay does not start twice, and waking one. */
import { ExecutionAlreadyExists, SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Problem } from '../platform/problems/problem.ts';

export interface Workflow<Input> {
  start(name: string, input: Input): Promise<void>;
}

export type CallWorkflow = Workflow<{ readonly challengeId: string; readonly callKey: string }>;
export type EnrollmentWorkflow = Workflow<{ readonly enrollmentId: string; readonly enrollmentKey: string }>;

const makeClient = (): SFNClient => new SFNClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1000, requestTimeout: 3000 } });

function stepFunctionsWorkflow<Input>(stateMachineArn: string): Workflow<Input> {
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

export const stepFunctionsCallWorkflow = (stateMachineArn: string): CallWorkflow => stepFunctionsWorkflow(stateMachineArn);
export const stepFunctionsEnrollmentWorkflow = (stateMachineArn: string): EnrollmentWorkflow => stepFunctionsWorkflow(stateMachineArn);

export type Waker = (taskToken: string) => Promise<'woken' | 'gone-on'>;

/** It has gone on, or ended: there is nobody left to wake. */
const goneOn = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

/** Wakes a workflow that waits for something to change. The token only wakes; what changed is read from the table. */
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
