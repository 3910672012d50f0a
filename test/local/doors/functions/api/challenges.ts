/** A door for tests of the local stack: does what the body asks for. */
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

interface Event {
  body?: string;
  rawPath: string;
}

const dynamo = new DynamoDBClient({});

const acts: Record<string, (event: Event, context: { getRemainingTimeInMillis(): number }) => unknown> = {
  echo: (event) => ({ statusCode: 200, body: JSON.stringify(event) }),
  time: () => ({ statusCode: 200, body: JSON.stringify({ now: Date.now(), made: new Date().getTime() }) }),
  left: (_, context) => ({ statusCode: 200, body: JSON.stringify({ left: context.getRemainingTimeInMillis() }) }),
  environment: () => ({ statusCode: 200, body: JSON.stringify(process.env) }),
  text: () => 'plain',
  bare: () => ({ hello: 'there' }),
  cookies: () => ({ statusCode: 201, cookies: ['a=1', 'b=2'], headers: { 'X-Thing': 'yes' }, body: '' }),
  binary: () => ({ statusCode: 200, isBase64Encoded: true, headers: { 'content-type': 'image/png' }, body: 'AAEC' }),
  malformed: () => ({ statusCode: 'fine', body: {} }),
  throw: () => {
    throw new TypeError('as asked');
  },
  exit: () => process.exit(3),
  hang: () => new Promise(() => undefined),
  wait: async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { statusCode: 200, body: 'waited' };
  },
  print: () => {
    console.log('printed by the door');
    return { statusCode: 204 };
  },
  count: async () => {
    const { Attributes } = await dynamo.send(
      new UpdateItemCommand({
        TableName: process.env['COUNTERSIGN_TABLE'],
        Key: { pk: { S: 'COUNT' }, sk: { S: 'COUNT' } },
        UpdateExpression: 'ADD n :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return { statusCode: 200, body: JSON.stringify({ count: Number(Attributes?.['n']?.N) }) };
  },
};

export async function handler(event: Event, context: { getRemainingTimeInMillis(): number }): Promise<unknown> {
  const asked = event.body?.startsWith('{') ? (JSON.parse(event.body) as { act?: string }) : {};
  return (acts[asked.act ?? 'echo'] ?? acts['echo'])?.(event, context);
}
