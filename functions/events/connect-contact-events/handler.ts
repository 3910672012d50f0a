/** Contact events, queued: ringing, answered, ended. One that comes before its call is written down is tried again. */
import { ConnectClient, DescribeContactCommand } from '@aws-sdk/client-connect';
import type { SQSRecord } from 'aws-lambda';
import { readEnvironment } from '../../../shared/platform/config/environment.ts';
import { errorFields, log } from '../../../shared/platform/log/logger.ts';
import { recordContact } from '../../../shared/sign-in/phone-call/record-contact.ts';
import { getTable } from '../../start/table.ts';
import { queueDoor } from '../../start/queue-door.ts';
import { readContactEvent, type ReadContactEvent } from './read-contact-event.ts';

let connect: ConnectClient | undefined;

/** Only DescribeContact tells a busy line from one that nobody answered. When it cannot, it was not answered. */
async function isBusy({ contactId, type, wasConnected }: ReadContactEvent, instanceArn: string): Promise<boolean> {
  if (type !== 'ended' || wasConnected) return false;
  connect ??= new ConnectClient({ maxAttempts: 2, requestHandler: { connectionTimeout: 1000, requestTimeout: 3000 } });
  try {
    const InstanceId = instanceArn.split('/').at(-1);
    const { Contact } = await connect.send(new DescribeContactCommand({ InstanceId, ContactId: contactId }));
    return Contact?.DisconnectReason === 'TELECOM_BUSY';
  } catch (error) {
    log('warn', 'contact-not-described', errorFields(error));
    return false;
  }
}

async function handleRecord(record: SQSRecord): Promise<boolean> {
  const event = readContactEvent(record.body);
  if (!event) return true;
  const environment = readEnvironment(['COUNTERSIGN_CONNECT_INSTANCE']);
  const busy = await isBusy(event, environment.COUNTERSIGN_CONNECT_INSTANCE);
  const recorded = await recordContact({ table: getTable() }, { ...event, isBusy: busy });
  log('info', 'contact-event', { outcome: recorded, reason: event.type });
  return recorded !== 'unknown-contact';
}

export const handler = queueDoor('contact-event-failed', handleRecord);
