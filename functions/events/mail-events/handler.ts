/** What becomes of our mails, queued: an address that mail comes back from, or whose owner complains, is sent no more. */
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { callPartition } from '../../../shared/delivery/call-record.ts';
import { markMessage } from '../../../shared/delivery/message-record.ts';
import { challengeRandomOf } from '../../../shared/platform/object-id.ts';
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
  const deps = await getDependencies();
  const outcome = await markEmail(deps, event, messageId);
  // Whoever waits for that code reads that it does not come, and takes another factor.
  const { code } = event;
  if (code && event.problem === 'bounced') {
    await markMessage(deps.table, callPartition(challengeRandomOf(code.challengeId)), code.send, 'undeliverable', 'bounced');
  }
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
