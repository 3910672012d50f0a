/**
 * Reaching a person by a text: written down and paid for first, then sent once. Where a reply is the answer, the number
 * points at the challenge before the text is on its way, so that no reply can come too early (X14).
 */
import { isMessage, markMessage, newMessageWrite, noteMessageId, type MessageRecord } from '../../delivery/message-record.ts';
import { releaseNumberWrite, replyKey, takeNumberWrite, type ReplyPointer } from '../../delivery/reply-pointer.ts';
import type { OutgoingText, SentText, SmsCarrier } from '../../delivery/sms-carrier.ts';
import { canReceiveReplies } from '../../delivery/texts/reply-countries.ts';
import { isTextMethod, writeText } from '../../delivery/texts/write-text.ts';
import { codeMac, makeCode, makeDigits } from '../../factors/sent-code.ts';
import { errorFields, log } from '../../platform/log/logger.ts';
import { Problem } from '../../platform/problems/problem.ts';
import type { SpendWrites } from '../../spend/send-budget.ts';
import { textCost } from '../../spend/send-prices.ts';
import { findChallenge } from '../../user-state/find.ts';
import { rowOf } from '../../user-state/methods.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { messageOf } from './message-of.ts';
import { payForNumber, type PaidNumber } from './pay-for-number.ts';
import type { Prepared, Sender, SendSubject } from './sender.ts';

export interface Texting {
  readonly carrier: SmsCarrier;
  /** Countries in which the stage has a number that takes replies. */
  readonly repliesFrom: readonly string[];
}

/** A guess: whoever waits on that number is done in minutes, or at any moment. */
const retryWhenTaken = 60;

const isReplied = ({ factor }: Pick<PaidNumber, 'factor'>): boolean => rowOf(factor)?.answeredBy === 'text';

/** The first send goes to the first number, the next to the other one, where there is another. */
function numberFor({ repliesFrom }: Texting, subject: SendSubject, state: UserState, send: number): PaidNumber {
  const paid = payForNumber(subject, state, textCost, (numbers) => numbers[(send - 1) % numbers.length]);
  if (isReplied(paid) && !canReceiveReplies(paid.country, repliesFrom)) {
    throw new Problem('factor-not-usable', { detail: 'Replies from this number cannot be received.' });
  }
  return paid;
}

const expiryOf = (state: UserState, challengeId: Uint8Array): number => findChallenge(state, challengeId)?.expiresAt ?? state.lastAt;

function pointerOf({ about, challengeId, challengeName, factorId }: SendSubject, { isProof }: PaidNumber, state: UserState, send: number): ReplyPointer {
  return { challengeId: challengeName, userKey: about.home.userKey, factorId, send, isProof, until: expiryOf(state, challengeId) };
}

function compose({ about }: SendSubject, { factor, isProof }: PaidNumber, code: string): string {
  if (!isTextMethod(factor.method)) throw new Problem('factor-not-usable');
  const { organization, profile, host } = about;
  return writeText({ method: factor.method, occasion: isProof ? 'proof' : 'sign-in', organizationName: organization.name, locale: profile?.locale, code, host });
}

/** What people are told: whether they can do something about it. Operators read the carrier's own word in the log. */
const reasonOf = (reason: string): string => (/OPTED_?OUT/i.test(reason) ? 'opted-out' : 'carrier-refused');

/** After an error it may be on its way: the person is told to use another factor, and it is not sent again (X15). */
async function sendOnce(carrier: SmsCarrier, text: OutgoingText): Promise<SentText & { readonly isUnknown?: true }> {
  try {
    const sent = await carrier.send(text);
    if (sent.outcome === 'accepted') return sent;
    log('warn', 'text-not-sent', { reason: sent.reason });
    return { outcome: 'refused', reason: reasonOf(sent.reason) };
  } catch (error) {
    log('error', 'text-in-doubt', errorFields(error));
    return { outcome: 'refused', reason: 'carrier-down', isUnknown: true };
  }
}

/** Notes about a send are worth an attempt and no more: what was decided stands. */
async function attempt(note: () => Promise<unknown>): Promise<void> {
  try {
    await note();
  } catch (error) {
    log('warn', 'text-not-noted', errorFields(error));
  }
}

async function deliver(texting: Texting, subject: SendSubject, state: UserState, send: number, code: string): Promise<MessageRecord> {
  const { deps, challengeId, partition } = subject;
  const paid = numberFor(texting, subject, state, send);
  const lifeSeconds = (expiryOf(state, challengeId) - state.lastAt) / 1000;
  const sent = await sendOnce(texting.carrier, { to: paid.e164, text: compose(subject, paid, code), lifeSeconds, record: { partition, send } });
  const message: MessageRecord = messageOf(subject, 'text', send);
  if (sent.outcome === 'accepted') {
    // A reply brings the id of its text along; a code that is typed does not.
    if (texting.carrier.reportUse && !isReplied(paid)) await attempt(() => noteMessageId(deps.table, partition, send, sent.messageId));
    return message;
  }
  await attempt(() => markMessage(deps.table, partition, send, 'failed', sent.reason));
  const release = releaseNumberWrite(deps.table.name, replyKey(deps.keys, paid.e164), pointerOf(subject, paid, state, send));
  if (isReplied(paid) && !sent.isUnknown) await attempt(() => deps.table.transact([release]));
  return { ...message, state: 'failed', reason: sent.reason };
}

export function byText(texting: Texting): Sender {
  return {
    canReceiveReplies: (country) => canReceiveReplies(country, texting.repliesFrom),
    prepare: (subject): Prepared => {
      const { deps, challengeId, factorId, partition, record } = subject;
      const [code, digits] = [makeCode(deps.random), makeDigits(deps.random)];
      let spend: SpendWrites | undefined;
      return {
        isUnderWay: false,
        cost: (state, send) => numberFor(texting, subject, state, send).cost,
        keep: (factor, send) => (rowOf(factor)?.makes === 'digits' ? { show: digits } : { codeMac: codeMac(deps.keys, challengeId, factorId, send, code) }),
        also: (next, send) => {
          const paid = numberFor(texting, subject, next, send);
          spend = paid.spend;
          const message = newMessageWrite(deps.table.name, partition, messageOf(subject, 'text', send), next.lastAt);
          const taken = isReplied(paid) ? [takeNumberWrite(deps.table.name, replyKey(deps.keys, paid.e164), pointerOf(subject, paid, next, send), next.lastAt)] : [];
          return [...spend.writes, message, ...taken];
        },
        refused: (position) => {
          if (spend && position < spend.writes.length) throw spend.refusal(position);
          throw new Problem('number-in-use', { retryAfterSeconds: retryWhenTaken });
        },
        start: async (state, send, isRepeated) => {
          if (isRepeated) return record && isMessage(record) ? record : undefined;
          return deliver(texting, subject, state, send, code);
        },
      };
    },
  };
}
