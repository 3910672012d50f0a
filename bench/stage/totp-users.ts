/** Users with an authenticator app, any number of them, written as their set-up would have left them. */
import { createSecretKey } from 'node:crypto';
import { Agent, request } from 'node:http';
import { getDependencies } from '../../functions/start/dependencies.ts';
import { sealBinding } from '../../shared/factors/kinds/factor-kind.ts';
import { codeAt, stepAt, totpSecretLength } from '../../shared/factors/kinds/totp.ts';
import { fromOrganizationItem, organizationItemKey, type Organization } from '../../shared/organizations/organization.ts';
import { seal } from '../../shared/platform/crypto/seal.ts';
import type { Attributes } from '../../shared/platform/dynamo/attributes.ts';
import { homeKeys, organizationKeyOf } from '../../shared/platform/object-id.ts';
import { newUserKey, openUserKey } from '../../shared/users/user-keys.ts';
import { toUserStateItem } from '../../shared/user-state/user-state-item.ts';
import { schemaVersion, type UserState } from '../../shared/user-state/user-state.ts';
import type { Dependencies } from '../../functions/start/dependencies.ts';

/** Everyone's secret is the same one, each sealed under the user's own key: then a code is made once per step. */
export const sharedSecret = Buffer.alloc(totpSecretLength, 'countersign bench');
const secretKey = createSecretKey(sharedSecret);

export const codeNow = (now = Date.now()): string => codeAt(secretKey, stepAt(now));

/** Of six digits, and none of the window's three codes. */
export function wrongCode(now = Date.now()): string {
  const right = [-1, 0, 1].map((step) => codeAt(secretKey, stepAt(now) + step));
  return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code)) ?? '444444';
}

const perBatch = 25;
const inFlight = 4;

function makeItem({ keys, random }: Dependencies, organization: Organization, userId: string, createdAt: number): Attributes {
  const { organizationId } = organization;
  const wrappedKey = newUserKey(keys, organization, userId, random);
  const id = random.bytes(8);
  const whose = { organizationId, userId };
  const secret = seal(openUserKey(keys, organization, { userId, wrappedKey }), 1, sharedSecret, sealBinding('totp', whose, id), random);
  const state: UserState = {
    schema: schemaVersion, version: 1, organizationId, userId, wrappedKey, identity: 'local', createdAt, lastAt: createdAt,
    factors: [{ id, kind: 'totp', status: 'active', createdAt, secret: new Uint8Array(secret), lastStep: stepAt(createdAt) - 10 }],
    challenges: [],
    receipts: [],
  };
  return toUserStateItem(homeKeys(keys, organizationId, userId).userKey, state);
}

/** By hand, since the SDK would take longer over a hundred thousand users than all the rest. */
function writeBatch(endpoint: string, agent: Agent, table: string, items: readonly Attributes[]): Promise<void> {
  const RequestItems = { [table]: items.map((Item) => ({ PutRequest: { Item: bytesAsText(Item) } })) };
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const authorization = 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00';
  const headers = { 'x-amz-target': 'DynamoDB_20120810.BatchWriteItem', 'content-type': 'application/x-amz-json-1.0', authorization, 'x-amz-date': '20260101T000000Z' };
  const sent = request(endpoint, { method: 'POST', agent, headers }, (response) => {
    response.resume().once('end', () => (response.statusCode === 200 ? resolve(undefined) : reject(new Error(`users could not be written: ${String(response.statusCode)}`))));
  });
  sent.once('error', reject).end(JSON.stringify({ RequestItems }));
  return promise;
}

/** Bytes as DynamoDB's JSON has them. */
export function bytesAsText(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(bytesAsText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, bytesAsText(each)]));
}

export const userIdOf = (prefix: string, number: number): string => `${prefix}-${String(number).padStart(7, '0')}`;

/** `count` users named by `prefix` and number. The organization must exist. */
export async function makeTotpUsers(endpoint: string, organizationId: string, prefix: string, count: number): Promise<void> {
  const deps = await getDependencies();
  const [item] = await deps.table.read([organizationItemKey(organizationKeyOf(deps.keys, organizationId))]);
  if (!item) throw new Error(`there is no organization ${organizationId}`);
  const organization = fromOrganizationItem(item);
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const createdAt = Date.now();
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const from = next;
      next += perBatch;
      const numbers = Array.from({ length: Math.min(perBatch, count - from) }, (_, position) => from + position);
      await writeBatch(endpoint, agent, deps.table.name, numbers.map((number) => makeItem(deps, organization, userIdOf(prefix, number), createdAt)));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  agent.destroy();
}
