/** StartOutboundVoiceContact: checks the request, makes a repetition harmless, and lets a telephone ring. */
import { randomUUID } from 'node:crypto';

import { ConnectError } from './connect-error.ts';
import { readContactRequest, type ContactRequest } from './contact-request.ts';
import { newContact } from './contact.ts';
import { flowFor, type Exchange } from './exchange.ts';
import { openLine } from './line.ts';

const ringMilliseconds = 60_000;
const tokenMilliseconds = 7 * 24 * 3600 * 1000;
const maximumConcurrentCalls = 10;
const maximumCallsKept = 1000;

function ring({ deps, calls, publish }: Exchange, request: ContactRequest): string {
  const flow = flowFor(deps, request.ContactFlowId);
  const { SourcePhoneNumber: from, DestinationPhoneNumber: to } = request;
  const contact = newContact({ contactId: randomUUID(), from, to, startedAt: deps.now() }, request.Attributes ?? {});
  const line = openLine(deps, contact, () => {
    publish(contact, 'DISCONNECTED');
    publish(contact, 'COMPLETED');
  });
  calls.set(contact.contactId, { line, flow });
  line.time.after(ringMilliseconds, () => line.end('TELECOM_UNANSWERED'));
  // The event may overtake the answer to this request; a real one does.
  publish(contact, 'INITIATED');
  return contact.contactId;
}

/** Ended calls are kept for the page's history, but not for ever. */
function forgetOldCalls({ calls }: Exchange): void {
  for (const [contactId, { line }] of calls) {
    if (calls.size <= maximumCallsKept) return;
    if (line.contact.state === 'ended') calls.delete(contactId);
  }
}

/** Answers as soon as the call is queued; throws what the service would answer with. */
export function startOutboundVoiceContact(exchange: Exchange, body: unknown): { ContactId: string } {
  const { deps, calls, tokens, faults } = exchange;
  const now = deps.now();
  if (now < faults.outageUntil) throw new ConnectError('InternalServiceException', 'The service is not available.');
  const request = readContactRequest(body, deps.instanceArn);
  const known = request.ClientToken === undefined ? undefined : tokens.get(request.ClientToken);
  if (known && now - known.at < tokenMilliseconds) return { ContactId: known.contactId };
  const live = [...calls.values()].filter(({ line }) => line.contact.state !== 'ended');
  if (live.length >= maximumConcurrentCalls) {
    throw new ConnectError('LimitExceededException', `Concurrent calls are limited to ${maximumConcurrentCalls}.`);
  }
  const contactId = ring(exchange, request);
  if (request.ClientToken !== undefined) tokens.set(request.ClientToken, { contactId, at: now });
  forgetOldCalls(exchange);
  return { ContactId: contactId };
}
