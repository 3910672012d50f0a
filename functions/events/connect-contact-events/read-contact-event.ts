/** Reads an Amazon Connect contact event. Its samples disagree in details, so only what all have is required. */
import * as z from 'zod/mini';

const contactEvent = z.object({
  detail: z.object({
    eventType: z.string(),
    contactId: z.string().check(z.minLength(1), z.maxLength(100)),
    channel: z.string(),
    connectedToSystemTimestamp: z.nullish(z.string()),
  }),
});

export interface ReadContactEvent {
  readonly contactId: string;
  readonly type: 'ringing' | 'connected' | 'ended';
  readonly wasConnected: boolean;
}

const types: Readonly<Record<string, ReadContactEvent['type']>> = {
  INITIATED: 'ringing',
  CONNECTED_TO_SYSTEM: 'connected',
  DISCONNECTED: 'ended',
  COMPLETED: 'ended',
};

/** "Never" is written as a time in 1970. */
const isTime = (text: string | null | undefined): boolean => text != null && !text.startsWith('1970-');

/** Undefined for other channels, other types, and whatever is no contact event: not ours to act on. */
export function readContactEvent(body: string): ReadContactEvent | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  const read = contactEvent.safeParse(parsed);
  if (!read.success) return undefined;
  const { eventType, contactId, channel, connectedToSystemTimestamp } = read.data.detail;
  const type = types[eventType];
  if (!type || channel.toUpperCase() !== 'VOICE') return undefined;
  return { contactId, type, wasConnected: isTime(connectedToSystemTimestamp) };
}
