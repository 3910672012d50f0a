/**
 * Asks the function `operator` of a deployed stage, and says what a person can do when that fails. Uses the AWS
 * credentials and Region of the environment, like the AWS CLI. AWS_ENDPOINT_URL_LAMBDA is honoured.
 */
import './require-node.mjs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** Something that a person can read and act on, and no mistake of the script. */
export class Refusal extends Error {}

/** For the failures that a first deployment meets. */
function explain(error, functionName) {
  const known = {
    CredentialsProviderError: 'No AWS credentials were found: set AWS_PROFILE, or sign in as for the AWS CLI.',
    ExpiredTokenException: 'The AWS credentials have expired: sign in again.',
    UnrecognizedClientException: 'AWS does not know these credentials: check AWS_PROFILE and the account.',
    AccessDeniedException: `These credentials may not invoke ${functionName}: they need lambda:InvokeFunction on it.`,
    ResourceNotFoundException: `There is no function ${functionName} in this account and Region: deploy first.`,
  };
  if (known[error.name]) return known[error.name];
  if (/region is missing/i.test(error.message)) return "No AWS Region is set: set AWS_REGION to the stage's Region.";
  return `${functionName} could not be invoked: ${error.message}`;
}

async function invoke(functionName, command) {
  // One attempt, with time to spare: after a lost answer a second would be refused, or make a client nobody asked for.
  const client = new LambdaClient({ maxAttempts: 1, requestHandler: { requestTimeout: 60_000 } });
  try {
    return await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(command)) }),
    );
  } catch (error) {
    throw new Refusal(explain(error, functionName), { cause: error });
  }
}

/** `hintAt` adds what the script knows to a reason of the function's. */
export async function askOperator(stage, command, hintAt = () => '') {
  const functionName = `countersign-${stage}-operator`;
  const reply = await invoke(functionName, command);
  const answer = JSON.parse(Buffer.from(reply.Payload ?? []).toString('utf8') || 'null');
  if (!reply.FunctionError) return answer;
  const reason = answer?.errorMessage ?? `${reply.FunctionError}, see its log`;
  throw new Refusal(`${functionName} refused: ${reason}${hintAt(reason)}`);
}

/** Runs a script to its end; what was refused is said without a trace. */
export async function runScript(run) {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
