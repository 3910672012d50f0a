/** A strict stand-in for Amazon Connect: it dials the telephones of the phone page and runs the real contact flows. */
import { hangUp, letRing, pickUp, pressKeys, refuse } from './answer-call.ts';
import { ConnectError } from './connect-error.ts';
import { createEventPublisher } from './contact-events.ts';
import { toCall, toContact, type Call, type Contact } from './contact.ts';
import { startOutboundVoiceContact } from './dial.ts';
import type { ConnectDependencies, Exchange } from './exchange.ts';

export { CallError, ConnectError } from './connect-error.ts';
export type { Call, Contact } from './contact.ts';
export type { ConnectDependencies } from './exchange.ts';
export { loadFlow, type ContactFlow } from './flow/load-flow.ts';

export interface CallFaults {
  /** Requests are answered with InternalServiceException for so long; 0 ends it. */
  outageSeconds?: number;
  /** Contact events come so late, every other one twice as late; 0 ends it. */
  delaySeconds?: number;
  /** Contact events come twice. */
  duplicate?: boolean;
}

/** The service's API, and the hands of the people it calls: those resolve when the call has reacted. */
export interface Connect {
  startOutboundVoiceContact(request: unknown): { ContactId: string };
  describeContact(contactId: string): Contact;
  stopContact(contactId: string): void;
  /** Oldest first. */
  calls(to?: string): Call[];
  answer(callId: string): Promise<Call>;
  ignore(callId: string): Promise<Call>;
  busy(callId: string): Promise<Call>;
  voicemail(callId: string): Promise<Call>;
  hangUp(callId: string): Promise<Call>;
  keys(callId: string, keys: string): Promise<Call>;
  setFault(fault: CallFaults): void;
}

function describeContact({ calls, deps }: Exchange, contactId: string): Contact {
  const call = calls.get(contactId);
  if (!call) throw new ConnectError('ResourceNotFoundException', 'There is no such contact.');
  return toContact(call.line.contact, deps.instanceArn);
}

function stopContact({ calls }: Exchange, contactId: string): void {
  const call = calls.get(contactId);
  if (!call || call.line.contact.state === 'ended') {
    throw new ConnectError('ContactNotFoundException', 'The contact does not exist or has ended.');
  }
  call.line.time.catchUp();
  call.line.end('OTHER');
}

function setFault({ faults, deps }: Exchange, { outageSeconds, delaySeconds, duplicate }: CallFaults): void {
  if (outageSeconds !== undefined) faults.outageUntil = deps.now() + outageSeconds * 1000;
  if (delaySeconds !== undefined) faults.delaySeconds = delaySeconds;
  if (duplicate !== undefined) faults.duplicate = duplicate;
}

/** Makes a stand-in that keeps its calls in memory: after a restart no call is live. */
export function createConnect(deps: ConnectDependencies): Connect {
  const faults = { outageUntil: 0, delaySeconds: 0, duplicate: false };
  const exchange: Exchange = {
    deps,
    calls: new Map(),
    tokens: new Map(),
    faults,
    publish: createEventPublisher(deps, faults),
  };
  return {
    startOutboundVoiceContact: (request) => startOutboundVoiceContact(exchange, request),
    describeContact: (contactId) => describeContact(exchange, contactId),
    stopContact: (contactId) => stopContact(exchange, contactId),
    calls: (to) =>
      [...exchange.calls.values()]
        .filter(({ line }) => to === undefined || line.contact.to === to)
        .map(({ line }) => toCall(line.contact)),
    answer: (callId) => pickUp(exchange, callId, 'person'),
    ignore: (callId) => letRing(exchange, callId),
    busy: (callId) => refuse(exchange, callId),
    voicemail: (callId) => pickUp(exchange, callId, 'voicemail'),
    hangUp: (callId) => hangUp(exchange, callId),
    keys: (callId, keys) => pressKeys(exchange, callId, keys),
    setFault: (fault) => setFault(exchange, fault),
  };
}
