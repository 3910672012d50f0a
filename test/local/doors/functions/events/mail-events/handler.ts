/** Writes down what SES told, under the user that the mail was tagged with. */
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

const dynamo = new DynamoDBClient({});
const TableName = process.env['COUNTERSIGN_TABLE'];

interface MailEvent {
  eventType: string;
  mail: { messageId: string; tags: Record<string, string[]> };
}

export async function handler({ Records }: { Records: { body: string }[] }): Promise<unknown> {
  for (const { body } of Records) {
    const { Message } = JSON.parse(body) as { Message: string };
    const { eventType, mail } = JSON.parse(Message) as MailEvent;
    const Item = { pk: { S: `MAIL#${mail.tags['user']?.[0] ?? ''}` }, sk: { S: 'MAIL' }, type: { S: eventType } };
    await dynamo.send(new PutItemCommand({ TableName, Item }));
  }
  return { batchItemFailures: [] };
}
