/** What each function is started with: one event that needs a first read and a first write, and a table that it finds. */
import type { Attributes } from '../../shared/platform/dynamo/attributes.ts';
import type { FunctionName } from '../../shared/contract/functions.ts';
import type { Operation } from '../../shared/contract/routes.ts';
import { minute } from '../../shared/platform/clock.ts';
import { recordCalls, type Recorder } from '../counts/record-calls.ts';
import { apiEvent } from '../stage/api-event.ts';
import { moveClock } from '../stage/clock.ts';
import { mustAnswer } from '../stage/doors.ts';
import { flowEvent, makePhoneUser, placeLeg, startedCall, type CallSubject } from '../stage/phone-user.ts';
import { openStage, organizationId, startOf, type Stage } from '../stage/stage.ts';
import { bytesAsText, codeNow, userIdOf } from '../stage/totp-users.ts';
import type { Item } from '../stub/memory-table.ts';

export interface Scene {
  readonly items: readonly Item[];
  readonly events: Readonly<Record<FunctionName, unknown>>;
  /** When it was made: codes are right only then. */
  readonly madeAt: number;
}

type Ask = (operation: Operation, path: Readonly<Record<string, string>>, body?: unknown) => unknown;

interface Call {
  readonly challengeId: string;
  readonly factorId: string;
  readonly subject?: CallSubject;
}

/** Somebody with a telephone who has just begun to sign in, and, if asked, is being called. */
async function beginCall(stage: Stage, recorder: Recorder, number: number, sends: boolean): Promise<Call> {
  const { userId, factorId } = await makePhoneUser(stage, recorder, `phone-${String(number)}`, `+1202555014${String(number)}`);
  // A number rings once in half a minute.
  moveClock(minute);
  const { challengeId } = await mustAnswer(stage.call('startChallenge', {}, startOf(userId)));
  const call = { challengeId: String(challengeId), factorId };
  if (!sends) return call;
  recorder.take();
  await mustAnswer(stage.call('sendChallenge', { challengeId: call.challengeId }, { factorId }));
  return { ...call, subject: startedCall(recorder.take()) };
}

const contactEvent = (contactId: string): unknown => ({
  Records: [{
    messageId: '059f36b4-87a3-44ab-83d2-661975530400',
    body: JSON.stringify({ detail: { eventType: 'CONNECTED_TO_SYSTEM', contactId, channel: 'VOICE' } }),
  }],
});

/** An event that people are told of, as the table's stream delivers it. */
function streamEvent(items: readonly Attributes[]): unknown {
  const NewImage = items.find((item) => item['sk']?.S?.startsWith('EVENT#') && item['notice'] !== undefined);
  if (!NewImage) throw new Error('nobody is told of anything');
  return { Records: [{ eventName: 'INSERT', dynamodb: { SequenceNumber: '1', NewImage: bytesAsText(NewImage) } }] };
}

async function apiEvents(stage: Stage, ask: Ask): Promise<Partial<Record<FunctionName, unknown>>> {
  const person = { displayName: 'Ada Example', email: 'ada@acme.example', identity: 'local' };
  await mustAnswer(stage.call('putUser', { organizationId, userId: 'newcomer' }, person));
  const { challengeId } = await mustAnswer(stage.call('startChallenge', {}, startOf('newcomer')));
  return {
    'api-sign-in': ask('startChallenge', {}, startOf(userIdOf('cold', 0), codeNow())),
    'api-factors': ask('addFactor', { organizationId, userId: 'newcomer' }, { kind: 'totp', challengeId }),
    'api-users': ask('putUser', { organizationId, userId: 'another' }, person),
    'api-organizations': ask('changePolicy', { organizationId }, { enforcement: 'required' }),
    'api-service': ask('getJwks', {}),
  };
}

async function makeEvents(stage: Stage, recorder: Recorder): Promise<Scene['events']> {
  const ask: Ask = (operation, path, body) => apiEvent(operation, { clientKey: stage.clientKey, path, ...(body === undefined ? {} : { body }) });
  const waiting = await beginCall(stage, recorder, 1, false);
  const queued = await beginCall(stage, recorder, 2, true);
  const ringing = await beginCall(stage, recorder, 3, true);
  if (!queued.subject || !ringing.subject) throw new Error('no call was started');
  const contactId = await placeLeg(stage, ringing.subject, recorder);
  return {
    ...(await apiEvents(stage, ask)),
    'api-send': ask('sendChallenge', { challengeId: waiting.challengeId }, { factorId: waiting.factorId }),
    'connect-flow': flowEvent(ringing.subject, contactId),
    'connect-contact-events': contactEvent(contactId),
    'table-stream': streamEvent(await stage.table.scan()),
    'phone-call-place': queued.subject,
    'phone-call-end-leg': { ...ringing.subject, leg: 1 },
    operator: { command: 'rotate-signing-key' },
  } as Scene['events'];
}

export async function makeScene(): Promise<Scene> {
  const recorder = recordCalls();
  const stage = await openStage();
  try {
    await stage.addTotpUsers('cold', 1);
    const events = await makeEvents(stage, recorder);
    return { events, items: (await stage.table.scan()).map(bytesAsText) as Item[], madeAt: Date.now() };
  } finally {
    recorder.stop();
    await stage.stop();
  }
}
