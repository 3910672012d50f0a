/** The hands of the person who is called: answer, let it ring, refuse, press keys, hang up. */
import { CallError } from './connect-error.ts';
import { toCall, type Call } from './contact.ts';
import type { Exchange, LiveCall } from './exchange.ts';
import { runFlow } from './flow/run-flow.ts';

const voicemailMilliseconds = 30_000;
const maximumKeys = 50;

/** The call, when it is in the state that the action needs. */
function callFor(exchange: Exchange, callId: string, needs: 'ringing' | 'answered', done: string): LiveCall {
  const call = exchange.calls.get(callId);
  if (!call) throw new CallError('call-not-found', 'There is no such call.');
  const { state } = call.line.contact;
  if (state !== needs) throw new CallError('call-not-ready', `This call is ${state}: it cannot be ${done}.`);
  return call;
}

async function shown({ line }: LiveCall): Promise<Call> {
  await line.settled();
  return toCall(line.contact);
}

/** Picks up, as a person or as a machine that hears the prompts, presses nothing and hangs up in the end. */
export async function pickUp(exchange: Exchange, callId: string, by: 'person' | 'voicemail'): Promise<Call> {
  const call = callFor(exchange, callId, 'ringing', 'answered');
  const { contact, time, end } = call.line;
  time.clear();
  time.catchUp();
  contact.state = 'answered';
  contact.answeredBy = by;
  contact.connectedAt = time.now();
  exchange.publish(contact, 'CONNECTED_TO_SYSTEM');
  if (by === 'voicemail') time.after(voicemailMilliseconds, () => end('CUSTOMER_DISCONNECT'));
  runFlow(exchange.deps, call.line, call.flow);
  return shown(call);
}

/** Nothing happens: it rings until the network gives up. */
export async function letRing(exchange: Exchange, callId: string): Promise<Call> {
  return shown(callFor(exchange, callId, 'ringing', 'ignored'));
}

export async function refuse(exchange: Exchange, callId: string): Promise<Call> {
  const call = callFor(exchange, callId, 'ringing', 'refused');
  call.line.time.catchUp();
  call.line.end('TELECOM_BUSY');
  return shown(call);
}

export async function hangUp(exchange: Exchange, callId: string): Promise<Call> {
  const call = callFor(exchange, callId, 'answered', 'hung up');
  call.line.time.catchUp();
  call.line.end('CUSTOMER_DISCONNECT');
  return shown(call);
}

/** Presses keys one after the other. Keys that nobody asks for just then are lost, as they are on a real line. */
export async function pressKeys(exchange: Exchange, callId: string, keys: string): Promise<Call> {
  if (!/^[0-9*#]+$/.test(keys) || keys.length > maximumKeys) {
    throw new CallError('keys-not-valid', `Keys are 1 to ${maximumKeys} of 0-9, * and #.`);
  }
  const call = callFor(exchange, callId, 'answered', 'typed to');
  if (call.line.contact.answeredBy === 'voicemail') {
    throw new CallError('call-not-ready', 'A voicemail box presses no keys.');
  }
  call.line.time.catchUp();
  for (const key of keys) call.line.press(key);
  return shown(call);
}
