/**
 * `npm run bootstrap -- --stage small [--organization acme]`: makes the keys of a deployed stage, if it has none yet,
 * and its first client's key, which is printed once and stored nowhere. `--another` makes a further client.
 * `npm run bootstrap -- --stage small --rotate-signing-key` begins a new signing key instead.
 */
import { parseArgs } from 'node:util';
import { askOperator, Refusal, runScript } from './invoke-operator.mjs';

const usage = 'Usage: npm run bootstrap -- --stage <name> [--organization <id>] [--another] | --rotate-signing-key';

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

async function run() {
  const values = readArguments();
  const answer = await askOperator(values.stage, commandOf(values), (reason) => (/already/.test(reason) ? ' (here: --another)' : ''));
  if (values['rotate-signing-key']) {
    console.log('A new signing key is published now and signs in an hour. The old one goes on verifying.');
    return;
  }
  if (!answer?.clientId || !answer.clientKey) throw new Refusal('The operator function answered without a client key.');
  console.log(`Client      ${answer.clientId}`);
  console.log(`Client key  ${answer.clientKey}`);
  console.log('The key is shown this once and stored only as a hash: put it where the portal keeps its secrets.');
}

await runScript(run);
