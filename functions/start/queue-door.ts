/** The way in for what comes by a queue: each record by itself, so that one that fails comes again and holds up no other. */
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { errorFields, log } from '../../shared/platform/log/logger.ts';

/** False for a record that came too early, and should come again. */
type HandleRecord = (record: SQSRecord, requestId: string) => Promise<boolean | undefined>;

/** `failed` is what the log calls a record that could not be handled. */
export function queueDoor(failed: string, handle: HandleRecord) {
  const handleBatch = async (event: SQSEvent, { awsRequestId }: { readonly awsRequestId: string }): Promise<SQSBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const record of event.Records) {
      try {
        if ((await handle(record, awsRequestId)) === false) batchItemFailures.push({ itemIdentifier: record.messageId });
      } catch (error) {
        log('error', failed, { requestId: awsRequestId, ...errorFields(error) });
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  };
  return middy().handler(handleBatch as never);
}
