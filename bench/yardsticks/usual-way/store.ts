/** The usual way's table: one document client, an item per thing. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { From } from './challenges.ts';

interface Keyed {
  readonly pk: string;
  readonly sk: string;
}

export interface ClientRecord extends Keyed {
  readonly clientId: string;
  readonly keyHash: string;
  readonly audiences: readonly string[];
}

export interface Organization extends Keyed {
  readonly name: string;
  readonly policy: { readonly version: number; readonly methods: readonly string[] };
}

export interface User extends Keyed {
  readonly email: string;
  readonly failures?: number;
  readonly lockedUntil?: number;
}

export interface FactorRecord extends Keyed {
  readonly factorId: string;
  /** Nonce, ciphertext and tag, base64. */
  readonly secret: string;
  readonly lastStep: number;
}

export interface Challenge extends Keyed {
  readonly status: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly clientId: string;
  readonly audience: string;
  readonly purpose: string;
  readonly nonce?: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly wrongAnswers: number;
}

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } });
const TableName = process.env['COUNTERSIGN_TABLE'] ?? '';

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export async function get<T extends Keyed>(pk: string, sk: string): Promise<T | undefined> {
  const { Item } = await client.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }));
  return Item as T | undefined;
}

export const put = (item: Record<string, unknown>): Write => ({ Put: { TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } });

export function update({ pk, sk }: Keyed, values: Readonly<Record<string, unknown>>, condition?: string, conditionValues: Readonly<Record<string, unknown>> = {}): Write {
  const names = Object.keys(values);
  return {
    Update: {
      TableName,
      Key: { pk, sk },
      UpdateExpression: `SET ${names.map((name) => `#${name} = :new_${name}`).join(', ')}`,
      ...(condition === undefined ? {} : { ConditionExpression: condition }),
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: { ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`:new_${name}`, value])), ...conditionValues },
    },
  };
}

export async function transact(writes: readonly Write[]): Promise<void> {
  await client.send(new TransactWriteCommand({ TransactItems: [...writes] }));
}

export function newAudit(kind: string, { organizationId, userId, pk, clientId }: Challenge, from: From, detail: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const at = new Date().toISOString();
  return { pk: `AUDIT#${organizationId}`, sk: `${at}#${from.requestId}`, kind, at, userId, challenge: pk, clientId, ...from, detail, expiresAt: Math.floor(Date.now() / 1000) + 396 * 24 * 3600 };
}
