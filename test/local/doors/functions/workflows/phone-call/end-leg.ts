/** Done when the call was approved or five legs are used up, else once more. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const dynamo = new DynamoDBClient({});

export async function handler({ callKey, leg }: { callKey: string; leg: number }): Promise<{ next: string }> {
  const Key = { pk: { S: callKey }, sk: { S: 'CALL' } };
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: process.env['COUNTERSIGN_TABLE'], Key, ConsistentRead: true }));
  return { next: Item?.['legOutcome']?.S === 'approved' || leg >= 5 ? 'done' : 'again' };
}
