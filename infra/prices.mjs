/**
 * `npm run prices -- prices.json --stage small` puts the fees, the agreement and the promo codes of a file in the place of
 * those of a deployed stage (docs/licenses.md says what is in it); without a file it shows what holds, as such a file.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { askOperator, Refusal, runScript } from './invoke-operator.mjs';

const usage = 'Usage: npm run prices -- [<file.json>] --stage <name>';

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ options: { stage: { type: 'string' } }, allowPositionals: true });
    if (!values.stage || positionals.length > 1) throw new Error(usage);
    return { stage: values.stage, file: positionals[0] };
  } catch {
    throw new Refusal(usage);
  }
}

function readPrices(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Refusal(`${file} cannot be read.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(`${file} is not JSON: ${error.message}`);
  }
}

/** How often codes were used is beside the file: it can be kept, changed and sent again as it is. */
function show({ version, promoCodes, ...prices }) {
  const file = { ...prices, promoCodes: promoCodes.map(({ uses: _uses, ...promo }) => promo) };
  console.log(JSON.stringify(file, undefined, 2));
  const used = promoCodes.map(({ code, uses, mostUses }) => `${code} ${uses}${mostUses === undefined ? '' : ` of ${mostUses}`}`);
  console.error(`Version ${version}. Promo codes used: ${used.join(', ') || 'there are none'}.`);
}

async function run() {
  const { stage, file } = readArguments();
  const command = file === undefined ? { command: 'show-prices' } : { command: 'set-prices', prices: readPrices(file) };
  const answer = await askOperator(stage, command);
  if (typeof answer?.version !== 'number') throw new Refusal('The operator function answered without a price list: deploy this version first.');
  show(answer);
}

await runScript(run);
