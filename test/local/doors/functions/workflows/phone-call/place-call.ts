/** Raises the leg and places its call. */
import { ConnectClient, StartOutboundVoiceContactCommand } from '@aws-sdk/client-connect';
import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const connect = new ConnectClient({});
const dynamo = new DynamoDBClient({});
const TableName = process.env['COUNTERSIGN_TABLE'];

export async function handler({ challengeId, callKey }: { challengeId: string; callKey: string }): Promise<unknown> {
  const { Attributes } = await dynamo.send(
    new UpdateItemCommand({
      TableName,
      Key: { pk: { S: callKey }, sk: { S: 'CALL' } },
      UpdateExpression: 'ADD leg :one REMOVE legOutcome, taskToken',
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'ALL_NEW',
    }),
  );
  const leg = Number(Attributes?.['leg']?.N);
  const flows = JSON.parse(process.env['COUNTERSIGN_CONNECT_FLOWS'] ?? '{}') as { key: string; entry: string };
  const prompts = ['ask', 'again', 'approved', 'denied', 'locked', 'fraud', 'goodbye'].map((name) => [`p_${name}`, name]);
  const { ContactId = '' } = await connect.send(
    new StartOutboundVoiceContactCommand({
      InstanceId: process.env['COUNTERSIGN_CONNECT_INSTANCE']?.split('/').at(-1),
      ContactFlowId: flows.entry.split('/').at(-1),
      DestinationPhoneNumber: Attributes?.['to']?.S ?? '',
      SourcePhoneNumber: process.env['COUNTERSIGN_CALLER_NUMBER'],
      ClientToken: `${challengeId}#${String(leg)}`,
      Attributes: { challengeId, leg: String(leg), ...(Object.fromEntries(prompts) as Record<string, string>) },
    }),
  );
  const pointer = { pk: { S: `CONTACT#${ContactId}` }, sk: { S: 'CONTACT' }, call: { S: callKey }, leg: { N: String(leg) } };
  await dynamo.send(new PutItemCommand({ TableName, Item: pointer }));
  return { next: 'wait', leg };
}
