/** Approves the PIN 4711 and the key #; writes the outcome to the call's item. */
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const dynamo = new DynamoDBClient({});

interface FlowEvent {
  Details: { Parameters: { event: string; key?: string; entry?: string; challengeId: string } };
}

export async function handler({ Details }: FlowEvent): Promise<{ outcome: string }> {
  const { event, key, entry, challengeId } = Details.Parameters;
  const approved = event === 'key' ? key === '#' : entry === '4711';
  if (!approved) return { outcome: 'again' };
  await dynamo.send(
    new UpdateItemCommand({
      TableName: process.env['COUNTERSIGN_TABLE'],
      Key: { pk: { S: `CALL#${challengeId}` }, sk: { S: 'CALL' } },
      UpdateExpression: 'SET legOutcome = :outcome',
      ExpressionAttributeValues: { ':outcome': { S: 'approved' } },
    }),
  );
  return { outcome: 'approved' };
}
