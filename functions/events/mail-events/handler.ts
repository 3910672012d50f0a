/** What becomes of our mails, queued: an address that mail comes back from, or whose owner complains, is sent no more. */
import type { SQSRecord } from 'aws-lambda';
import { callPartition } from '../../../shared/delivery/call-record.ts';
import { markMessage } from '../../../shared/delivery/message-record.ts';
import { challengeRandomOf } from '../../../shared/platform/object-id.ts';
import { log } from '../../../shared/platform/log/logger.ts';
import { markEmail } from '../../../shared/users/mark-email.ts';
import { getDependencies } from '../../start/dependencies.ts';
import { queueDoor } from '../../start/queue-door.ts';
import { readMailEvent } from './read-mail-event.ts';

async function handleRecord({ body, messageId }: SQSRecord): Promise<undefined> {
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

export const handler = queueDoor('mail-event-failed', handleRecord);
