/** Writes "ended" to the call's item when its contact disconnects; a contact that is not known yet must come again. */
import { DynamoDBClient, GetItemCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';

const dynamo = new DynamoDBClient({});
const TableName = process.env['COUNTERSIGN_TABLE'];

interface QueueEvent {
  Records: { messageId: string; body: string }[];
}

export async function handler({ Records }: QueueEvent): Promise<unknown> {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    const { detail } = JSON.parse(body) as { detail: { eventType: string; contactId: string } };
    if (detail.eventType !== 'DISCONNECTED') continue;
    const Key = { pk: { S: `CONTACT#${detail.contactId}` }, sk: { S: 'CONTACT' } };
    const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key }));
    if (Item?.['call']?.S === undefined || Item['leg'] === undefined) {
      batchItemFailures.push({ itemIdentifier: messageId });
      continue;
    }
    await end(Item['call'].S, Item['leg']);
  }
  return { batchItemFailures };
}

/** Only the leg that it is about: the next may have begun. */
async function end(pk: string, leg: AttributeValue): Promise<void> {
  const update = new UpdateItemCommand({
    TableName,
    Key: { pk: { S: pk }, sk: { S: 'CALL' } },
    UpdateExpression: 'SET legOutcome = :ended',
    ConditionExpression: 'leg = :leg AND attribute_not_exists(legOutcome)',
    ExpressionAttributeValues: { ':ended': { S: 'ended' }, ':leg': leg },
  });
  await dynamo.send(update).catch((error: unknown) => {
    if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
  });
}
