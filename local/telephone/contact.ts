/** One outbound call, as the stand-in keeps it, as Amazon Connect describes it and as a telephone shows it. */
import { defaultLanguage } from './flow/voices.ts';

export type DisconnectReason =
  | 'TELECOM_BUSY'
  | 'TELECOM_UNANSWERED'
  | 'CUSTOMER_DISCONNECT'
  | 'CONTACT_FLOW_DISCONNECT'
  | 'OTHER';

export type CallState = 'ringing' | 'answered' | 'ended';

export interface ContactRecord {
  readonly contactId: string;
  readonly from: string;
  readonly to: string;
  readonly attributes: Record<string, string>;
  readonly startedAt: number;
  state: CallState;
  answeredBy?: 'person' | 'voicemail';
  connectedAt?: number;
  endedAt?: number;
  disconnectReason?: DisconnectReason;
  readonly heard: string[];
  language: string;
}

/** What a telephone knows of a call: the form of `GET /api/calls`. */
export interface Call {
  callId: string;
  from: string;
  to: string;
  state: CallState;
  heard: string[];
  language: string;
  startedAt: string;
}

/** `Contact` of DescribeContact, in its wire form: times are seconds since 1970. */
export interface Contact {
  Arn: string;
  Id: string;
  InitialContactId: string;
  InitiationMethod: 'API';
  Channel: 'VOICE';
  InitiationTimestamp: number;
  ConnectedToSystemTimestamp?: number;
  DisconnectTimestamp?: number;
  LastUpdateTimestamp: number;
  DisconnectReason?: DisconnectReason;
  CustomerEndpoint: { Type: 'TELEPHONE_NUMBER'; Address: string };
  SystemEndpoint: { Type: 'TELEPHONE_NUMBER'; Address: string };
}

export function newContact(
  call: Pick<ContactRecord, 'contactId' | 'from' | 'to' | 'startedAt'>,
  attributes: Readonly<Record<string, string>>,
): ContactRecord {
  return { ...call, attributes: { ...attributes }, state: 'ringing', heard: [], language: defaultLanguage };
}

export function toCall(contact: ContactRecord): Call {
  const { contactId, from, to, state, heard, language, startedAt } = contact;
  const startTime = new Date(startedAt).toISOString();
  return { callId: contactId, from, to, state, heard: [...heard], language, startedAt: startTime };
}

export function toContact(contact: ContactRecord, instanceArn: string): Contact {
  const { contactId, startedAt, connectedAt, endedAt, disconnectReason } = contact;
  return {
    Arn: `${instanceArn}/contact/${contactId}`,
    Id: contactId,
    InitialContactId: contactId,
    InitiationMethod: 'API',
    Channel: 'VOICE',
    InitiationTimestamp: startedAt / 1000,
    ...(connectedAt === undefined ? {} : { ConnectedToSystemTimestamp: connectedAt / 1000 }),
    ...(endedAt === undefined ? {} : { DisconnectTimestamp: endedAt / 1000 }),
    LastUpdateTimestamp: (endedAt ?? connectedAt ?? startedAt) / 1000,
    ...(disconnectReason === undefined ? {} : { DisconnectReason: disconnectReason }),
    CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: contact.to },
    SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: contact.from },
  };
}
