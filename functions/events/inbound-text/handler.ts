/** What comes back of our texts, queued. What people wrote is read, decided on and forgotten: it is in no log and no error. */
import type { SQSRecord } from 'aws-lambda';
import { readEnvironment } from '../../../shared/platform/config/environment.ts';
import { log } from '../../../shared/platform/log/logger.ts';
import { answerText } from '../../../shared/sign-in/text-reply/answer-text.ts';
import { markUndelivered } from '../../../shared/sign-in/text-reply/mark-undelivered.ts';
import { getDependencies } from '../../start/dependencies.ts';
import { getTable } from '../../start/table.ts';
import { queueDoor } from '../../start/queue-door.ts';
import { readInboundText } from './read-inbound-text.ts';

async function handleRecord(record: SQSRecord, requestId: string): Promise<undefined> {
  const { COUNTERSIGN_REPLIES_TOPIC } = readEnvironment(['COUNTERSIGN_REPLIES_TOPIC']);
  const text = readInboundText(record.body, COUNTERSIGN_REPLIES_TOPIC);
  if (!text) {
    log('warn', 'text-refused', { requestId });
    return;
  }
  if ('how' in text) {
    await markUndelivered({ table: getTable() }, text);
    log('info', 'text-undelivered', { requestId, reason: text.how });
    return;
  }
  const outcome = await answerText(await getDependencies(), text, requestId);
  log('info', 'text-answered', { requestId, outcome });
}

export const handler = queueDoor('text-not-decided', handleRecord);
