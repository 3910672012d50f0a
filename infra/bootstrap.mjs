/**
 * `npm run bootstrap -- --stage small [--organization acme]`: makes the keys of a deployed stage, if it has none yet,
 * and its first client's key, which is printed once and stored nowhere. `--another` makes a further client.
 * `npm run bootstrap -- --stage small --rotate-signing-key` begins a new signing key instead.
 *
 * Uses the AWS credentials and Region of the environment, like the AWS CLI. AWS_ENDPOINT_URL_LAMBDA is honoured.
 */
import './require-node.mjs';
import { parseArgs } from 'node:util';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const usage = 'Usage: npm run bootstrap -- --stage <name> [--organization <id>] [--another] | --rotate-signing-key';

class Refusal extends Error {}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        stage: { type: 'string' },
        organization: { type: 'string' },
        another: { type: 'boolean', default: false },
        'rotate-signing-key': { type: 'boolean', default: false },
      },
    });
    const makesClient = values.organization || values.another;
    if (!values.stage || (makesClient && values['rotate-signing-key'])) throw new Error(usage);
    return values;
  } catch {
    throw new Refusal(usage);
  }
}

function commandOf(values) {
  if (values['rotate-signing-key']) return { command: 'rotate-signing-key' };
  return {
    command: 'bootstrap',
    ...(values.organization ? { organizationId: values.organization } : {}),
    ...(values.another ? { another: true } : {}),
  };
}

/** What a person can do about it, for the failures that a first deployment meets. */
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

async function run() {
  const values = readArguments();
  const functionName = `countersign-${values.stage}-operator`;
  const reply = await invoke(functionName, commandOf(values));
  const answer = JSON.parse(Buffer.from(reply.Payload ?? []).toString('utf8') || 'null');
  if (reply.FunctionError) {
    const reason = answer?.errorMessage ?? `${reply.FunctionError}, see its log`;
    throw new Refusal(`${functionName} refused: ${reason}${/already/.test(reason) ? ' (here: --another)' : ''}`);
  }
  if (values['rotate-signing-key']) {
    console.log('A new signing key is published now and signs in an hour. The old one goes on verifying.');
    return;
  }
  if (!answer?.clientId || !answer.clientKey) throw new Refusal(`${functionName} answered without a client key.`);
  console.log(`Client      ${answer.clientId}`);
  console.log(`Client key  ${answer.clientKey}`);
  console.log('The key is shown this once and stored only as a hash: put it where the portal keeps its secrets.');
}

try {
  await run();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
