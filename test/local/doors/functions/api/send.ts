/** Starts a phone call: writes the call's item, then starts the machine under the call's own name. */
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';

const dynamo = new DynamoDBClient({});
const workflows = new SFNClient({});

export async function handler(event: { pathParameters: { challengeId: string }; body: string }): Promise<unknown> {
  const { challengeId } = event.pathParameters;
  const { to } = JSON.parse(event.body) as { to: string };
  const callKey = `CALL#${challengeId}`;
  const item = { pk: { S: callKey }, sk: { S: 'CALL' }, leg: { N: '0' }, to: { S: to } };
  await dynamo.send(new PutItemCommand({ TableName: process.env['COUNTERSIGN_TABLE'], Item: item }));
  const started = await workflows.send(
    new StartExecutionCommand({
      stateMachineArn: process.env['COUNTERSIGN_PHONE_CALL_MACHINE'],
      name: challengeId,
      input: JSON.stringify({ challengeId, callKey }),
    }),
  );
  return { statusCode: 202, body: JSON.stringify({ executionArn: started.executionArn }) };
}
