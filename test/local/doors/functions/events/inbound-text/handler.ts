/** Writes down who replied what, in the table: nobody else looks. */
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

const dynamo = new DynamoDBClient({});
const TableName = process.env['COUNTERSIGN_TABLE'];

interface QueueEvent {
  Records: { messageId: string; body: string }[];
}

export async function handler({ Records }: QueueEvent): Promise<unknown> {
  for (const { body } of Records) {
    const { TopicArn, Message } = JSON.parse(body) as { TopicArn: string; Message: string };
    if (TopicArn !== process.env['COUNTERSIGN_REPLIES_TOPIC']) continue;
    const { originationNumber, messageBody } = JSON.parse(Message) as { originationNumber: string; messageBody: string };
    const Item = { pk: { S: `REPLY#${originationNumber}` }, sk: { S: 'REPLY' }, text: { S: messageBody } };
    await dynamo.send(new PutItemCommand({ TableName, Item }));
  }
  return { batchItemFailures: [] };
}
