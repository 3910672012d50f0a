/** Reaching a person by a mail with a code: written down first, then sent once, to the address that was confirmed. */
import { codeMail } from '../../delivery/code-mail.ts';
import type { EmailCarrier, SentMail } from '../../delivery/email-carrier.ts';
import { isMessage, markMessage, newMessageWrite, type MessageRecord } from '../../delivery/message-record.ts';
import { languageOf } from '../../delivery/words/language.ts';
import type { CodePurpose } from '../../delivery/words/words.ts';
import { hashAddress } from '../../factors/mail-address.ts';
import { codeMac, codeDigits, makeCode } from '../../factors/sent-code.ts';
import { errorFields, log } from '../../platform/log/logger.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { mailWrites, type SpendWrites } from '../../spend/send-budget.ts';
import { costWrite } from '../../spend/month-costs.ts';
import { mailCost } from '../../spend/send-prices.ts';
import { findChallenge, findFactor, isSameId } from '../../user-state/find.ts';
import type { Challenge, UserState } from '../../user-state/user-state.ts';
import type { Profile } from '../../users/profile.ts';
import { messageOf } from './message-of.ts';
import type { Sender, SendSubject } from './sender.ts';

/** Codes that permit a change are longer (D15). */
export const longCodeDigits = 8;

/** The profile, as long as its address is the one that this factor was confirmed with. */
function addresseeOf({ deps, about, factorId }: SendSubject, state: UserState): Profile {
  const { profile } = about;
  const factor = findFactor(state, factorId);
  if (factor?.kind !== 'email' || !profile) throw new Problem('factor-not-usable');
  if (!isSameId(factor.address, hashAddress(deps.keys, state, profile.email))) throw new Problem('email-unusable', { detail: 'The address was changed: it has to be verified first.' });
  if (profile.emailProblem) throw new Problem('email-unusable', { detail: 'Mail does not reach the address.' });
  return profile;
}

const purposeOf = ({ proves, purpose }: Challenge): CodePurpose => {
  if (proves) return 'set-up';
  return purpose === 'sign-in' ? 'sign-in' : 'change-factors';
};

/** Whatever went wrong, another factor is there or another send: it is not tried again by itself (X15). */
export async function sendOnce(carrier: EmailCarrier, mail: Parameters<EmailCarrier['send']>[0]): Promise<SentMail> {
  try {
    const sent = await carrier.send(mail);
    if (sent.outcome === 'refused') log('warn', 'mail-refused', { reason: sent.reason });
    return sent;
  } catch (error) {
    log('error', 'mail-failed', errorFields(error));
    return { outcome: 'refused', reason: 'carrier-down' };
  }
}

async function deliver(carrier: EmailCarrier, subject: SendSubject, { state, send, code }: { state: UserState; send: number; code: string }): Promise<MessageRecord> {
  const { deps, about, challengeId, challengeName, partition } = subject;
  const { organization } = about;
  const profile = addresseeOf(subject, state);
  const challenge = findChallenge(state, challengeId);
  const mail = codeMail({
    language: languageOf(profile.locale),
    organizationName: organization.name,
    supportName: organization.support?.name,
    purpose: challenge ? purposeOf(challenge) : 'sign-in',
    code,
    lasts: (challenge?.expiresAt ?? state.lastAt) - state.lastAt,
  });
  const sent = await sendOnce(carrier, { ...mail, to: profile.email, about: { user: about.home.userKey, challenge: challengeName, send: String(send) } });
  const message: MessageRecord = messageOf(subject, 'mail', send);
  if (sent.outcome === 'sent') return message;
  const reason = sent.reason === 'carrier-down' ? 'carrier-down' : 'carrier-refused';
  await markMessage(deps.table, partition, send, 'failed', reason).catch((error: unknown) => {
    log('warn', 'mail-not-noted', errorFields(error));
  });
  return { ...message, state: 'failed', reason };
}

export function byMail(carrier: EmailCarrier): Sender {
  return {
    prepare: (subject) => {
      const { deps, about, challengeId, factorId, partition, record } = subject;
      const challenge = findChallenge(about.state, challengeId);
      const code = makeCode(deps.random, challenge && purposeOf(challenge) === 'change-factors' ? longCodeDigits : codeDigits);
      let spend: SpendWrites | undefined;
      return {
        isUnderWay: false,
        cost: () => mailCost,
        keep: (_factor, send) => ({ codeMac: codeMac(deps.keys, challengeId, factorId, send, code) }),
        also: (next, send) => {
          const isProof = challenge?.proves !== undefined;
          spend = mailWrites(deps.table.name, deps.keys, { address: addresseeOf(subject, next).email, isProof }, next.lastAt);
          const cost = costWrite(deps.table.name, about.home.organizationKey, mailCost, next.lastAt);
          return [...spend.writes, cost, newMessageWrite(deps.table.name, partition, messageOf(subject, 'mail', send), next.lastAt)];
        },
        refused: (position) => {
          throw spend?.refusal(position) ?? new Problem('too-many-sends');
        },
        start: async (state, send, isRepeated) => {
          if (isRepeated) return record && isMessage(record) ? record : undefined;
          return deliver(carrier, subject, { state, send, code });
        },
      };
    },
  };
}
