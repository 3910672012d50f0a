/** The same users as the usual way keeps them. */
import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { toBase32 } from '../../shared/platform/base32.ts';
import { tableName } from '../stage/environment.ts';
import { organizationId } from '../stage/stage.ts';
import { sharedSecret, userIdOf } from '../stage/totp-users.ts';
import { stubWrapped } from '../stub/aws-stub.ts';

const clientId = 'abcdefghijklmnop';
const clientKey = `cs_live_${clientId}_${'k'.repeat(8)}_${'s'.repeat(52)}`;

/** Answers the key that the client calls with. */
export async function makeUsualRecords(endpoint: string, prefix: string, users: number): Promise<string> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint }));
  const keyHash = createHash('sha256').update(clientKey).digest('hex');
  const policy = { version: 1, methods: ['totp', 'phone:call-pin'], lockout: { failures: 5, minutes: 60 }, enforcement: 'optional' };
  const secret = stubWrapped(Buffer.from(toBase32(sharedSecret)));
  const records: Record<string, unknown>[] = [
    { pk: `CLIENT#${clientId}`, sk: 'CLIENT', clientId, keyHash, audiences: ['portal', 'vpn'], scopes: ['sign-in'] },
    { pk: `ORG#${organizationId}`, sk: 'ORG', name: 'Acme Corporation', policy },
  ];
  for (let number = 0; number < users; number += 1) {
    const userId = userIdOf(prefix, number);
    const pk = `USER#${organizationId}#${userId}`;
    records.push({ pk, sk: 'USER', email: `${userId}@acme.example`, displayName: 'Ada Example', failures: 0 }, { pk, sk: 'FACTOR#totp', factorId: 'totp', secret, lastStep: 0 });
  }
  for (let from = 0; from < records.length; from += 25) {
    const writes = records.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: writes } }));
  }
  client.destroy();
  return clientKey;
}
