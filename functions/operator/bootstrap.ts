/** The operator's own door, invoked by hand: make the installation's keys and first client, rotate the signing key, set the prices. */
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import { bootstrapStage, type Bootstrapped } from '../../shared/clients/bootstrap-stage.ts';
import { keyModeOf } from '../../shared/clients/client-key.ts';
import { systemClock } from '../../shared/platform/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { kmsRootKeys } from '../../shared/platform/crypto/kms.ts';
import { rotateSigningKey, stageKeyLoader } from '../../shared/platform/crypto/stage-keys.ts';
import { makeDynamoClient } from '../../shared/platform/dynamo/client.ts';
import { openTable } from '../../shared/platform/dynamo/table.ts';
import { isFreeId } from '../../shared/organizations/organization.ts';
import { readPrices, setPrices, type PricesView } from '../../shared/licenses/set-prices.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import { pricesFile, toPrices } from './prices.ts';

const organizationId = z.string().check(z.regex(/^[^\p{C}\p{Z}]{1,64}$/u), z.refine(isFreeId));

const command = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('bootstrap'),
    organizationId: z.exactOptional(organizationId),
    another: z.exactOptional(z.boolean()),
  }),
  z.strictObject({ command: z.literal('rotate-signing-key') }),
  z.strictObject({ command: z.literal('show-prices') }),
  z.strictObject({ command: z.literal('set-prices'), prices: pricesFile }),
]);

const isAboutPrices = (event: unknown): boolean => (event as { readonly command?: unknown } | null)?.command === 'set-prices';

function readCommand(event: unknown): z.infer<typeof command> {
  const result = command.safeParse(event);
  if (result.success) return result.data;
  if (isAboutPrices(event)) {
    throw new Error(result.error.issues.map(({ path, message }) => `${path.slice(1).join('.') || 'the file'}: ${message}`).join('; '));
  }
  throw new Error(
    'Send {"command": "bootstrap", "organizationId"?: "…", "another"?: true}, {"command": "rotate-signing-key"}, ' +
      '{"command": "show-prices"} or {"command": "set-prices", "prices": {…}}.',
  );
}

/** What it answers to `bootstrap` holds the key: it is shown nowhere else, and never again. */
export async function handler(
  event: unknown,
  context: { readonly awsRequestId: string },
): Promise<Bootstrapped | { kid: string } | PricesView> {
  const asked = readCommand(event);
  const { COUNTERSIGN_STAGE: stage, ...environment } = readEnvironment([
    'COUNTERSIGN_STAGE',
    'COUNTERSIGN_TABLE',
    'COUNTERSIGN_ROOT_KEY',
  ]);
  const table = openTable(makeDynamoClient(), environment.COUNTERSIGN_TABLE);
  if (asked.command === 'show-prices') return readPrices(table);
  if (asked.command === 'set-prices') return setPrices(table, toPrices(asked.prices));
  const service = kmsRootKeys(stage, environment.COUNTERSIGN_ROOT_KEY);
  const now = systemClock.now();
  if (asked.command === 'rotate-signing-key') return { kid: await rotateSigningKey(table, service, now, systemRandom) };
  const { command: _command, ...input } = asked;
  const loadKeys = () => stageKeyLoader(table, service)(now);
  const deps = {
    table,
    service,
    clock: systemClock,
    random: systemRandom,
    pause: (milliseconds: number) => pause(milliseconds),
    loadKeys,
  };
  return bootstrapStage(deps, { ...input, keyMode: keyModeOf(stage), requestId: context.awsRequestId });
}
