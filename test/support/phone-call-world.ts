/** A user with a telephone beside the app: calls are sent, placed with a carrier that only writes down, keyed and ended. */
import { callKey, callPartition, fromCallItem, type CallRecord } from '../../shared/delivery/call-record.ts';
import type { CallCarrier, OutgoingCall, PlacedCall } from '../../shared/delivery/call-carrier.ts';
import { sealBinding } from '../../shared/factors/kinds/factor-kind.ts';
import { hashPin } from '../../shared/factors/kinds/phone.ts';
import { packNumber } from '../../shared/factors/sealed-number.ts';
import { seal } from '../../shared/platform/crypto/seal.ts';
import { writeObjectId } from '../../shared/platform/object-id.ts';
import type { ChallengeView } from '../../shared/sign-in/challenge-view.ts';
import { endLeg } from '../../shared/sign-in/phone-call/end-leg.ts';
import { placeLeg, type PlacedLeg } from '../../shared/sign-in/phone-call/place-leg.ts';
import { pressKeys, type Spoken } from '../../shared/sign-in/phone-call/press-keys.ts';
import { recordContact, type ContactEvent, type Recorded } from '../../shared/sign-in/phone-call/record-contact.ts';
import { byCall } from '../../shared/sign-in/sending/by-call.ts';
import { sendChallenge } from '../../shared/sign-in/sending/send-challenge.ts';
import type { PhoneMethod } from '../../shared/user-state/methods.ts';
import type { PhoneFactor, PhoneNumberEntry } from '../../shared/user-state/factor.ts';
import { openUserKey } from '../../shared/users/user-keys.ts';
import { makeSignInWorld, randomOf, type Sent, type SignInWorld } from './sign-in-world.ts';

export const rightPin = '482913';
export const wrongPin = '918274';
export const primaryNumber = '+12025550142';
export const secondaryNumber = '+12025550143';

export interface PhoneCallWorld extends SignInWorld {
  readonly phoneId: string;
  /** What the carrier was asked to call, in order; the contact of a token is always the same. */
  readonly dialed: OutgoingCall[];
  /** Names of the executions that were started. */
  readonly executions: string[];
  /** What the carrier does next instead. */
  carrierAnswers: (call: OutgoingCall) => Promise<PlacedCall>;
  sealNumber(e164: string): PhoneNumberEntry;
  send(challengeId: string, sent?: Sent): Promise<ChallengeView>;
  place(challengeId: string): Promise<PlacedLeg>;
  press(challengeId: string, keys: string, asked?: { attempt?: string; contactId?: string; leg?: number }): Promise<Spoken>;
  end(challengeId: string, leg?: number): Promise<'again' | 'done'>;
  contact(event: Omit<ContactEvent, 'contactId'>, contactId?: string): Promise<Recorded>;
  call(challengeId: string): Promise<CallRecord | undefined>;
}

const contactOf = ({ token }: OutgoingCall): string => `contact-${token}`;

function makePhone(world: SignInWorld, method: PhoneMethod, id: Uint8Array, sealNumber: PhoneCallWorld['sealNumber'], numbers: readonly string[]): PhoneFactor {
  const { stage, user } = world;
  const slots = ['primary', 'secondary'] as const;
  const entries = numbers.map((number, position) => ({ ...sealNumber(number), slot: slots[position] ?? 'primary' }));
  const pin = new Uint8Array(hashPin(stage.keys, user.state, id, rightPin));
  return { id, kind: 'phone', status: 'active', createdAt: stage.clock.now(), method, numbers: entries, ...(method === 'call-pin' ? { pin } : {}) };
}

/** The operations of a call, on a world whose phone factor exists already. */
export function withCalls(world: SignInWorld, phone: Uint8Array): PhoneCallWorld {
  const { stage, deps, user } = world;
  const [dialed, executions]: [OutgoingCall[], string[]] = [[], []];
  const calls: PhoneCallWorld = Object.assign(Object.create(world) as SignInWorld, {
    phoneId: writeObjectId(stage.keys, 'fac', { ...user.home, random: phone }),
    dialed,
    executions,
    carrierAnswers: (call: OutgoingCall): Promise<PlacedCall> => Promise.resolve({ outcome: 'placed', contactId: contactOf(call) }),
    sealNumber: (e164: string): PhoneNumberEntry => {
      const binding = sealBinding('phone', user.state, phone);
      const userKey = openUserKey(stage.keys, world.organization, user.state);
      const sealed = seal(userKey, 1, packNumber({ e164, country: 'US' }), binding, stage.deps.random);
      return { slot: 'primary', number: new Uint8Array(sealed), proved: true };
    },
    send: async (challengeId: string, sent: Sent = {}) => {
      const senders = { call: byCall({ start: (name: string) => Promise.resolve(void executions.push(name)) }) };
      const random = randomOf(stage, challengeId);
      const [sendItem] = await stage.table.read([callKey(callPartition(random))]);
      return sendChallenge({ ...deps, senders }, await world.about(sent, 'send', challengeId), { challengeId: random, factorId: phone, sendItem });
    },
    place: (challengeId: string) => {
      const carrier: CallCarrier = {
        call: (call) => {
          dialed.push(call);
          return calls.carrierAnswers(call);
        },
      };
      return placeLeg({ ...deps, carrier }, challengeId);
    },
    press: (challengeId: string, keys: string, { attempt = '1', ...asked }: { attempt?: string; contactId?: string; leg?: number } = {}) => {
      const last = dialed.at(-1);
      const contactId = asked.contactId ?? (last ? contactOf(last) : 'none');
      return pressKeys(deps, { challengeId, contactId, leg: asked.leg ?? last?.leg ?? 1, attempt, keys }, 'flow-request');
    },
    end: async (challengeId: string, leg?: number) => (await endLeg(deps, challengeId, leg ?? dialed.at(-1)?.leg ?? 1, 'workflow-request')).next,
    contact: (event: Omit<ContactEvent, 'contactId'>, contactId?: string) => {
      const last = dialed.at(-1);
      return recordContact(deps, { ...event, contactId: contactId ?? (last ? contactOf(last) : 'none') });
    },
    call: async (challengeId: string) => fromCallItem((await stage.table.read([callKey(callPartition(randomOf(stage, challengeId)))]))[0]),
  });
  return calls;
}

export interface PhoneOptions {
  readonly method?: PhoneMethod;
  readonly numbers?: readonly string[];
  readonly beside?: SignInWorld;
  readonly userId?: string;
}

export async function makePhoneCallWorld({ method = 'call-pin', numbers = [primaryNumber], beside, userId }: PhoneOptions = {}): Promise<PhoneCallWorld> {
  const world = await makeSignInWorld(beside, userId);
  const id = new Uint8Array(world.stage.deps.random.bytes(8));
  const calls = withCalls(world, id);
  const phone = makePhone(world, method, id, calls.sealNumber, numbers);
  await world.setState((state) => ({ ...state, factors: [...state.factors, phone] }));
  return calls;
}

/** A call that rings: challenge, send, first leg. */
export async function ring(world: PhoneCallWorld): Promise<string> {
  const { challengeId } = await world.start();
  await world.send(challengeId);
  await world.place(challengeId);
  return challengeId;
}
