/** Places the next leg of a call: written down first, dialed under a token of its own, so that a retry rings nobody twice. */
import { callUpdate, contactKey, type CallUpdate } from '../../delivery/call-record.ts';
import type { CallCarrier, PlacedCall } from '../../delivery/call-carrier.ts';
import { isCallMethod, promptsFor, type CallMethod } from '../../delivery/call-prompts.ts';
import { languageOf } from '../../delivery/words/language.ts';
import { day } from '../../platform/clock.ts';
import { toAttributes } from '../../platform/dynamo/attributes.ts';
import { log } from '../../platform/log/logger.ts';
import { costWrite } from '../../spend/month-costs.ts';
import { legCost } from '../../spend/send-prices.ts';
import { openUserKey } from '../../users/user-keys.ts';
import type { CommitDependencies } from '../../user-state/commit.ts';
import { findChallenge, findFactor } from '../../user-state/find.ts';
import { settle } from '../../user-state/settle.ts';
import type { PhoneFactor, PhoneNumberEntry } from '../../user-state/factor.ts';
import { openNumber } from '../../factors/phone-hint.ts';
import type { UnpackedNumber } from '../../factors/sealed-number.ts';
import { legsPerCall } from '../decide-leg-end.ts';
import { mayConfirm } from '../may-confirm.ts';
import { readCallSubject, type CallSubject } from './call-subject.ts';
import { numbersToCall } from './numbers-to-call.ts';
import { openLeg } from './open-leg.ts';

export interface PlaceLegDependencies extends CommitDependencies {
  readonly carrier: CallCarrier;
}

export interface PlacedLeg {
  readonly next: 'wait' | 'again' | 'done';
  readonly leg: number;
}

interface Callee {
  readonly isProof: boolean;
  /** Not the number that the send was paid for. */
  readonly isOther: boolean;
  readonly factor: PhoneFactor;
  readonly method: CallMethod;
  readonly entry: PhoneNumberEntry;
}

/** Undefined when there is nobody to call any more: decided, locked, changed or removed meanwhile. */
function calleeOf({ state: read, challengeId, call, organization }: CallSubject, now: number): Callee | undefined {
  const { state } = settle(read, now);
  const challenge = findChallenge(state, challengeId);
  if (challenge?.status !== 'pending' || challenge.sending?.send !== call.send || state.lock || state.suspendedAt !== undefined) return undefined;
  const factor = findFactor(state, call.factorId);
  if (factor?.kind !== 'phone' || !isCallMethod(factor.method) || !mayConfirm(challenge, factor, organization.policy)) return undefined;
  const numbers = numbersToCall(challenge, factor);
  const entry = numbers[call.unanswered % Math.max(1, numbers.length)];
  return entry && { factor, method: factor.method, entry, isProof: challenge.proves !== undefined, isOther: entry !== numbers[0] };
}

async function update(deps: CommitDependencies, subject: CallSubject, change: CallUpdate): Promise<boolean> {
  return deps.table.update(callUpdate(subject.partition, change));
}

async function finish(deps: CommitDependencies, subject: CallSubject, leg: number): Promise<PlacedLeg> {
  const { call } = subject;
  await update(deps, subject, { set: { done: true, legClosed: true }, when: { leg: call.leg, send: call.send, legClosed: call.legClosed } });
  return { next: 'done', leg };
}

const numberOf = (deps: CommitDependencies, { state, organization }: CallSubject, { factor, entry }: Callee): UnpackedNumber =>
  openNumber(openUserKey(deps.keys, organization, state), state, factor.id, entry);

function dial(deps: PlaceLegDependencies, subject: CallSubject, callee: Callee, number: UnpackedNumber, leg: number): Promise<PlacedCall> {
  const { organization, call, profile } = subject;
  const { method, isProof } = callee;
  const language = languageOf(profile?.locale);
  return deps.carrier.call({
    token: `${subject.partition}-${call.send}-${leg}`,
    to: number.e164,
    flow: method === 'call' ? 'key' : 'entry',
    challengeId: call.challengeId,
    leg,
    language,
    prompts: promptsFor({ method, language, organizationName: organization.name, extension: number.extension, isProof }),
  });
}

export async function placeLeg(deps: PlaceLegDependencies, challengeId: string): Promise<PlacedLeg> {
  // The language is the profile's, read here with the rest: the state item would have to carry it for every sign-in.
  const subject = await readCallSubject(deps, challengeId, 'profile');
  if (!subject || subject.call.done) return { next: 'done', leg: 0 };
  const callee = calleeOf(subject, deps.clock.now());
  if (!callee || (subject.call.legClosed && subject.call.leg >= legsPerCall)) return finish(deps, subject, subject.call.leg);
  const number = numberOf(deps, subject, callee);
  const opened = await openLeg(deps, subject, callee.isOther ? number : undefined);
  if (opened.is !== 'open') return { next: opened.is === 'unpaid' ? 'again' : 'done', leg: opened.leg };
  const { leg } = opened;
  const { send } = subject.call;
  const placed = await dial(deps, subject, callee, number, leg);
  if (placed.outcome === 'refused') {
    log('warn', 'call-refused', { leg, reason: placed.reason });
    await update(deps, subject, { set: { state: 'failed', legOutcome: 'failed' }, when: { leg, send, legClosed: false } });
    return { next: 'wait', leg };
  }
  const pointer = toAttributes({ ...contactKey(placed.contactId), challengeId, leg, expiresAt: Math.floor((deps.clock.now() + day) / 1000) });
  await deps.table.transact([
    { Update: { TableName: deps.table.name, ...callUpdate(subject.partition, { set: { contactId: placed.contactId }, when: { leg, send, legClosed: false } }) } },
    { Put: { TableName: deps.table.name, Item: pointer } },
    // The send has paid for its first leg; each further one is put on the organization's account as it is placed.
    ...(leg > 1 ? [costWrite(deps.table.name, subject.home.organizationKey, legCost(number.country), deps.clock.now())] : []),
  ]);
  return { next: 'wait', leg };
}
