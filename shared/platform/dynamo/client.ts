/** The DynamoDB client of a function: made once per process, on first use. A hanging socket is given up in seconds. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export function makeDynamoClient(): DynamoDBClient {
  const client = new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  // It walks through every item that is read or written, to hand it to a logger that we do not have.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
