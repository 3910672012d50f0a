/** One stand-in with its surroundings: a clock, flows, a function that decides, and the events it sent. */
import { createConnect, type Call, type ContactFlow } from '../../../local/telephone/connect.ts';
import { entryFlow, keyFlow } from './flows.ts';
import { manualClock } from './manual-clock.ts';

export const instanceArn = 'arn:aws:connect:eu-west-2:111122223333:instance/12345678-1234-1234-1234-123456789012';
export const person = '+12025550142';
export const caller = '+442079460000';

export interface FlowEvent {
  Name: string;
  Details: { ContactData: Record<string, unknown>; Parameters: Record<string, string> };
}

export interface SentEvent {
  detail: { eventType: string; contactId: string } & Record<string, unknown>;
  resources: string[];
}

const prompts = {
  p_ask: 'Acme &amp; Company. To sign in, press pound.',
  p_again: 'That was not right. Try again.',
  p_approved: 'Thank you. Goodbye.',
  p_denied: 'You are not signed in.',
  p_goodbye: 'Goodbye.',
};

export function request(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    InstanceId: instanceArn,
    ContactFlowId: `${instanceArn}/contact-flow/entry`,
    DestinationPhoneNumber: person,
    SourcePhoneNumber: caller,
    ClientToken: 'chl_1#1',
    Attributes: { challengeId: 'chl_1', leg: '1', ...prompts },
    ...changes,
  };
}

/** A function that approves one PIN. */
export const pinIs4711 = ({ Details }: FlowEvent) => ({
  outcome: Details.Parameters['entry'] === '4711' ? 'approved' : 'again',
});

export function setup(decide: (event: FlowEvent) => unknown = () => ({ outcome: 'approved' }), flows = {}) {
  const clock = manualClock();
  const known: Record<string, ContactFlow> = { entry: entryFlow, key: keyFlow, ...flows };
  const invoked: FlowEvent[] = [];
  const events: SentEvent[] = [];
  const connect = createConnect({
    now: clock.now,
    setTimer: clock.setTimer,
    flow: (flowId) => known[flowId.slice(flowId.lastIndexOf('/') + 1)],
    async invoke(_functionArn, event) {
      invoked.push(event as FlowEvent);
      return decide(event as FlowEvent);
    },
    publish: (event) => void events.push(event as SentEvent),
    instanceArn,
    region: 'eu-west-2',
    account: '111122223333',
  });
  const call = (contactId: string): Call => {
    const found = connect.calls().find(({ callId }) => callId === contactId);
    if (!found) throw new Error('no such call');
    return found;
  };
  /** Dials with this flow and lets the person answer. */
  const answered = async (flow = 'entry'): Promise<string> => {
    const { ContactId } = connect.startOutboundVoiceContact(request({ ContactFlowId: flow }));
    await connect.answer(ContactId);
    return ContactId;
  };
  const reason = (contactId: string) => connect.describeContact(contactId).DisconnectReason;
  const entries = () => invoked.map(({ Details }) => Details.Parameters['entry']);
  const kinds = () => events.map(({ detail }) => detail.eventType);
  return { clock, connect, call, answered, reason, entries, kinds, invoked, events };
}
