/**
 * `node infra/mark-restored.mjs --table <restored table>`: run on a table that was restored from a backup, before it
 * serves. A backup brings back one-time codes that have been used since, and challenges that have been decided; every
 * user state gets the present as `restoredAt`, and the product refuses whatever is older. Doing it again does no harm.
 *
 * Uses the AWS credentials and Region of the environment. AWS_ENDPOINT_URL_DYNAMODB is honoured.
 */
import './require-node.mjs';
import { parseArgs } from 'node:util';
import { DynamoDBClient, paginateScan, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

/** The attribute's name in the item; a test holds it to shared/user-state. */
const restoredAt = 'ra';
const atOnce = 20;

const { values } = parseArgs({ options: { table: { type: 'string' } } });
if (!values.table) {
  console.error('Usage: node infra/mark-restored.mjs --table <restored table>');
  process.exit(1);
}
const client = new DynamoDBClient({ maxAttempts: 10 });

/** A tombstone is left as it is; a state that is gone by now is not made again. */
async function mark({ pk, sk }) {
  await client.send(
    new UpdateItemCommand({
      TableName: values.table,
      Key: { pk, sk },
      UpdateExpression: 'SET #restoredAt = :now',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#restoredAt': restoredAt },
      ExpressionAttributeValues: { ':now': { N: String(Date.now()) } },
    }),
  );
}

const pages = paginateScan(
  { client },
  {
    TableName: values.table,
    ConsistentRead: true,
    ProjectionExpression: 'pk, sk',
    FilterExpression: 'sk = :state AND begins_with(pk, :user) AND attribute_not_exists(erasedAt)',
    ExpressionAttributeValues: { ':state': { S: 'STATE' }, ':user': { S: 'USER#' } },
  },
);
let marked = 0;
for await (const { Items = [] } of pages) {
  for (let start = 0; start < Items.length; start += atOnce) {
    await Promise.all(Items.slice(start, start + atOnce).map(mark));
  }
  marked += Items.length;
}
console.log(`${marked} users: every code, challenge and result from before now is refused.`);
