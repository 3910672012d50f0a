/** What becomes of our mails, queued: an address that mail comes back from, or whose owner complains, is sent no more. */
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { errorFields, log } from '../../../shared/platform/log/logger.ts';
import { markEmail } from '../../../shared/users/mark-email.ts';
import { getDependencies } from '../../start/dependencies.ts';
import { readMailEvent } from './read-mail-event.ts';

async function handleRecord({ body, messageId }: SQSRecord): Promise<void> {
  const event = readMailEvent(body);
  if ('ignored' in event) {
    log('info', 'mail-event', { outcome: 'ignored', reason: event.ignored });
    return;
  }
  const outcome = await markEmail(await getDependencies(), event, messageId);
  log('info', 'mail-event', { outcome, reason: event.problem });
}

async function handleBatch(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of event.Records) {
    try {
      await handleRecord(record);
    } catch (error) {
      log('error', 'mail-event-failed', errorFields(error));
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}

export const handler = middy().handler(handleBatch as never);
