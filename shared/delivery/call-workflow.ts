/** Starting the workflow that places calls. Its name is made of challenge and send, so that a replay starts nothing twice. */
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Problem } from '../platform/problems/problem.ts';

export interface CallWorkflow {
  start(name: string, input: { readonly challengeId: string; readonly callKey: string }): Promise<void>;
}

export function stepFunctionsCallWorkflow(stateMachineArn: string): CallWorkflow {
  const client = new SFNClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1000, requestTimeout: 3000 } });
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
