/** A user with a proved telephone, set up as people do it: through the API, the workflow's task and the keypad. */
import type { RecordedCall, Recorder } from '../counts/record-calls.ts';
import { mustAnswer } from './doors.ts';
import { organizationId, startOf, type Stage } from './stage.ts';

export interface CallSubject {
  readonly challengeId: string;
  readonly callKey: string;
}

export interface PhoneUser {
  readonly userId: string;
  readonly factorId: string;
}

/** What the last workflow was started with. */
export function startedCall(calls: readonly RecordedCall[]): CallSubject {
  const started = calls.findLast(({ operation }) => operation === 'StartExecution');
  if (!started) throw new Error('no workflow was started');
  return JSON.parse(String(started.input['input'])) as CallSubject;
}

/** Places the next leg; answers the contact's id. */
export async function placeLeg({ doors }: Stage, subject: CallSubject, recorder: Recorder): Promise<string> {
  await doors.invoke('phone-call-place', subject);
  const placed = recorder.take().findLast(({ operation }) => operation === 'StartOutboundVoiceContact');
  return String(placed?.output['ContactId']);
}

export const flowEvent = ({ challengeId }: CallSubject, contactId: string, key = '#'): unknown => ({
  Name: 'ContactFlowEvent',
  Details: {
    ContactData: { Attributes: { challengeId, leg: '1' }, Channel: 'VOICE', ContactId: contactId, InitiationMethod: 'API' },
    Parameters: { event: 'key', key, try: 'key-1', challengeId, leg: '1' },
  },
});

export async function makePhoneUser(stage: Stage, recorder: Recorder, userId: string, e164 = '+12025550142'): Promise<PhoneUser> {
  const { call, doors } = stage;
  const person = { displayName: 'Ada Example', email: `${userId}@acme.example`, identity: 'local' };
  await mustAnswer(call('putUser', { organizationId, userId }, person));
  const { challengeId } = await mustAnswer(call('startChallenge', {}, startOf(userId)));
  const phone = { kind: 'phone', method: 'call', numbers: { primary: e164 }, challengeId };
  const { factorId } = await mustAnswer(call('addFactor', { organizationId, userId }, phone));
  const subject = startedCall(recorder.take());
  const contactId = await placeLeg(stage, subject, recorder);
  const { outcome } = (await doors.invoke('connect-flow', flowEvent(subject, contactId))) as { outcome: string };
  if (outcome !== 'approved') throw new Error(`the telephone was not proved: ${outcome}`);
  return { userId, factorId: String(factorId) };
}
