/** A user with a telephone that is texted, beside the app: texts are sent by a carrier that writes them down, and replied to. */
import { callKey, callPartition } from '../../shared/delivery/call-record.ts';
import { fromSendItem, isMessage, type MessageRecord } from '../../shared/delivery/message-record.ts';
import type { OutgoingText, SentText } from '../../shared/delivery/sms-carrier.ts';
import type { TextMethod } from '../../shared/delivery/texts/write-text.ts';
import { hashPin } from '../../shared/factors/kinds/phone.ts';
import { sealBinding } from '../../shared/factors/kinds/factor-kind.ts';
import { packNumber } from '../../shared/factors/sealed-number.ts';
import { seal } from '../../shared/platform/crypto/seal.ts';
import { writeObjectId } from '../../shared/platform/object-id.ts';
import { answerChallenge } from '../../shared/sign-in/answer-challenge.ts';
import type { ChallengeView } from '../../shared/sign-in/challenge-view.ts';
import { byText } from '../../shared/sign-in/sending/by-text.ts';
import { sendChallenge } from '../../shared/sign-in/sending/send-challenge.ts';
import type { Sender } from '../../shared/sign-in/sending/sender.ts';
import { answerText, type ReceivedOutcome } from '../../shared/sign-in/text-reply/answer-text.ts';
import type { PhoneFactor, PhoneNumberEntry } from '../../shared/user-state/factor.ts';
import { openUserKey } from '../../shared/users/user-keys.ts';
import { makeSignInWorld, portal, randomOf, type Sent, type SignInWorld } from './sign-in-world.ts';

export const rightPin = '482913';
export const wrongPin = '918274';
export const mobile = '+12025550142';
export const otherMobile = '+12025550143';

export const textMethods = ['phone:sms-code', 'phone:sms-reply', 'phone:sms-reply-pin', 'phone:sms-reply-match'];

export interface Replied {
  readonly from?: string;
  /** The same id is the same text once more. */
  readonly messageId?: string;
  readonly previousMessageId?: string;
}

export interface TextWorld extends SignInWorld {
  readonly phoneId: string;
  readonly phone: Uint8Array;
  /** What the carrier was asked to send, in order. */
  readonly texts: OutgoingText[];
  readonly sender: Sender;
  /** What the carrier does next instead. */
  carrierAnswers: (text: OutgoingText) => Promise<SentText>;
  sendText(challengeId: string, sent?: Sent & { readonly locale?: string; readonly host?: string }): Promise<ChallengeView>;
  /** On the page, for this factor. */
  typeIn(challengeId: string, code: string, sent?: Sent): Promise<ChallengeView>;
  reply(text: string, replied?: Replied): Promise<ReceivedOutcome>;
  record(challengeId: string): Promise<MessageRecord | undefined>;
}

/** The code in the last text. */
export const codeIn = (texts: readonly OutgoingText[]): string => /\b(\d{6})\b/.exec(texts.at(-1)?.text ?? '')?.[1] ?? 'no code';

/** Another code than this one. */
export const not = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

export function sealEntry({ stage, organization, user }: SignInWorld, id: Uint8Array, e164: string, country: string): PhoneNumberEntry {
  const userKey = openUserKey(stage.keys, organization, user.state);
  const sealed = seal(userKey, 1, packNumber({ e164, country }), sealBinding('phone', user.state, id), stage.deps.random);
  return { slot: 'primary', number: new Uint8Array(sealed), proved: true };
}

export interface TextOptions {
  readonly method?: TextMethod;
  readonly numbers?: readonly string[];
  readonly country?: string;
  readonly beside?: SignInWorld;
  readonly userId?: string;
}

function makePhone(world: SignInWorld, id: Uint8Array, { method = 'sms-reply', numbers = [mobile], country = 'US' }: TextOptions): PhoneFactor {
  const slots = ['primary', 'secondary'] as const;
  const entries = numbers.map((number, position) => ({ ...sealEntry(world, id, number, country), slot: slots[position] ?? 'primary' }));
  const pin = new Uint8Array(hashPin(world.stage.keys, world.user.state, id, rightPin));
  return { id, kind: 'phone', status: 'active', createdAt: world.stage.clock.now(), method, numbers: entries, ...(method === 'sms-reply-pin' ? { pin } : {}) };
}

/** The operations of texts, on a world whose phone factor exists already. */
export function withTexts(world: SignInWorld, phone: Uint8Array, repliesFrom: readonly string[] = ['US', 'CA']): TextWorld {
  const { stage, deps, user } = world;
  const texts: OutgoingText[] = [];
  let replies = 0;
  const carrier = {
    send: (text: OutgoingText) => {
      texts.push(text);
      return own.carrierAnswers(text);
    },
    reportUse: () => Promise.resolve(),
  };
  const sender = byText({ carrier, repliesFrom });
  const own: TextWorld = Object.assign(Object.create(world) as SignInWorld, {
    phoneId: writeObjectId(stage.keys, 'fac', { ...user.home, random: phone }),
    phone,
    texts,
    sender,
    carrierAnswers: (): Promise<SentText> => Promise.resolve({ outcome: 'accepted', messageId: `message-${texts.length}` }),
    sendText: async (challengeId: string, { locale = 'en', host, ...sent }: Sent & { readonly locale?: string; readonly host?: string } = {}) => {
      const random = randomOf(stage, challengeId);
      const [sendItem] = await stage.table.read([callKey(callPartition(random))]);
      const about = { ...(await world.about(sent, 'send', challengeId)), profile: { ...user.profile, locale }, host };
      return sendChallenge({ ...deps, senders: { text: sender } }, about, { challengeId: random, factorId: phone, sendItem });
    },
    typeIn: async (challengeId: string, answer: string, sent: Sent = {}) => {
      const input = { clientId: portal, challengeId: randomOf(stage, challengeId), answer, factorId: own.phoneId };
      return answerChallenge(deps, await world.about(sent, 'answer', challengeId, answer), input);
    },
    reply: (text: string, { from = mobile, messageId, previousMessageId }: Replied = {}) => {
      replies += 1;
      return answerText(deps, { from, text, messageId: messageId ?? `${user.state.userId}-reply-${replies}`, previousMessageId }, 'inbound-request');
    },
    record: async (challengeId: string) => {
      const record = fromSendItem((await stage.table.read([callKey(callPartition(randomOf(stage, challengeId)))]))[0]);
      return record && isMessage(record) ? record : undefined;
    },
  });
  return own;
}

export async function makeTextWorld(options: TextOptions = {}): Promise<TextWorld> {
  const world = await makeSignInWorld(options.beside, options.userId);
  await world.setPolicy({ methods: ['totp', 'phone:call-pin', ...textMethods], countries: ['US', 'CA', 'GB'] });
  const id = new Uint8Array(world.stage.deps.random.bytes(8));
  const phone = makePhone(world, id, options);
  await world.setState((state) => ({ ...state, factors: [...state.factors, phone] }));
  return withTexts(world, id);
}

/** A text that was sent: challenge and send. */
export async function text(world: TextWorld): Promise<string> {
  const { challengeId } = await world.start();
  await world.sendText(challengeId);
  return challengeId;
}
