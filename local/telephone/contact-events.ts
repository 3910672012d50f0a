/** Contact events as EventBridge delivers them: best effort, and on request late, twice and out of order. */
import type { ContactRecord } from './contact.ts';

export type ContactEventType = 'INITIATED' | 'CONNECTED_TO_SYSTEM' | 'DISCONNECTED' | 'COMPLETED';

export interface ContactEvent {
  source: string;
  'detail-type': string;
  resources: string[];
  detail: unknown;
}

export interface EventDependencies {
  setTimer(ms: number, fire: () => void): () => void;
  publish(event: ContactEvent): void;
  instanceArn: string;
}

export interface EventFaults {
  delaySeconds: number;
  duplicate: boolean;
}

const time = (ms: number) => new Date(ms).toISOString();

/** The documented shape: attributes are not in it, and for ordinary calls neither is the reason of the end. */
export function contactEvent(contact: ContactRecord, eventType: ContactEventType, instanceArn: string): ContactEvent {
  const { contactId, connectedAt, endedAt } = contact;
  return {
    source: 'aws.connect',
    'detail-type': 'Amazon Connect Contact Event',
    resources: [instanceArn, `${instanceArn}/contact/${contactId}`],
    detail: {
      eventType,
      contactId,
      initialContactId: contactId,
      previousContactId: null,
      channel: 'VOICE',
      instanceArn,
      initiationMethod: 'API',
      initiationTimestamp: time(contact.startedAt),
      ...(connectedAt === undefined ? {} : { connectedToSystemTimestamp: time(connectedAt) }),
      ...(endedAt === undefined ? {} : { disconnectTimestamp: time(endedAt) }),
      tags: {
        'aws:connect:instanceId': instanceArn.slice(instanceArn.lastIndexOf('/') + 1),
        'aws:connect:systemEndpoint': contact.from,
      },
    },
  };
}

/** Makes a publisher; it reads `faults` anew for every event. */
export function createEventPublisher(deps: EventDependencies, faults: Readonly<EventFaults>) {
  const published = new WeakMap<ContactRecord, number>();

  return (contact: ContactRecord, eventType: ContactEventType): void => {
    const event = contactEvent(contact, eventType, deps.instanceArn);
    const count = published.get(contact) ?? 0;
    published.set(contact, count + 1);
    const send = () => {
      for (let copy = 0; copy < (faults.duplicate ? 2 : 1); copy += 1) deps.publish(structuredClone(event));
    };
    // Every other event is twice as late, so that late events also overtake each other.
    const delayMilliseconds = faults.delaySeconds * 1000 * (count % 2 === 0 ? 2 : 1);
    if (delayMilliseconds > 0) deps.setTimer(delayMilliseconds, send);
    else send();
  };
}
