/** Mails a code to the user's own address, and takes it back: the address is verified by it, or a change is permitted. */
import { codeMail } from '../delivery/code-mail.ts';
import type { EmailCarrier } from '../delivery/email-carrier.ts';
import { languageOf } from '../delivery/words/language.ts';
import { hashAddress, hintOfAddress, maskHint } from '../factors/mail-address.ts';
import { decideMailCode, decideMailedAnswer, mailedCodeLife, mailedCodeMac, type MailedOutcome } from '../factors/mailed-code.ts';
import { makeCode } from '../factors/sent-code.ts';
import { day, toTimestamp } from '../platform/clock.ts';
import { randomLengths } from '../platform/object-id.ts';
import { Problem } from '../platform/problems/problem.ts';
import { claimsOf, writeResult } from '../results/result.ts';
import { challengeIdOf } from '../sign-in/challenge-view.ts';
import { longCodeDigits, sendOnce } from '../sign-in/sending/by-mail.ts';
import type { About, SignInDependencies } from '../sign-in/sign-in-dependencies.ts';
import { mailWrites, type SpendWrites } from '../spend/send-budget.ts';
import { commit } from '../user-state/commit.ts';
import { findChallenge } from '../user-state/find.ts';
import { isAbout } from '../user-state/receipts.ts';
import type { Profile } from '../users/profile.ts';
import { verifyEmailWrite } from '../users/user-store.ts';

export interface MailDependencies extends SignInDependencies {
  /** Absent where no mail is sent. */
  readonly mail: EmailCarrier | undefined;
}

export type MailPurpose = 'verify' | 'change-factors';

export interface MailedView {
  readonly sentTo: string;
  readonly state: 'sent' | 'failed';
  readonly reason?: string;
  readonly expiresAt: string;
}

export interface VerificationView {
  readonly emailVerified: boolean;
  /** For a change, as any other proof; once, and for minutes. */
  readonly proof?: string;
  readonly reason?: string;
  readonly answersLeft?: number;
}

function needProfile({ profile }: About): Profile {
  if (!profile) throw new Problem('not-found');
  return profile;
}

/** What was changed is told to the former address at once; for so long, the new one takes nothing over (A78a). */
const heldFor = day;

export async function sendEmailVerification(deps: MailDependencies, about: About, clientId: string, purpose: MailPurpose): Promise<MailedView> {
  const { organization, home } = about;
  const profile = needProfile(about);
  if (profile.emailProblem) throw new Problem('email-unusable', { detail: 'Mail does not reach the address.' });
  if (!deps.mail) throw new Problem('email-unusable', { detail: 'This installation sends no mail.' });
  const [challengeId, code] = [new Uint8Array(deps.random.bytes(randomLengths.chl)), makeCode(deps.random, longCodeDigits)];
  const address = hashAddress(deps.keys, about.state, profile.email);
  const gives = purpose === 'verify' ? 'verified' : 'proof';
  const command = { challengeId, clientId, address, gives, codeMac: mailedCodeMac(deps.keys, challengeId, address, code) } as const;
  let spend: SpendWrites | undefined;
  const { outcome, state } = await commit<'sent' | 'sent-already'>(deps, {
    ...about,
    decide: (read, now) => decideMailCode(read, command, now),
    recall: () => 'sent-already',
    also: ({ next }) => {
      spend = mailWrites(deps.table.name, deps.keys, { address: profile.email, isProof: gives === 'verified' }, next.lastAt);
      return spend.writes;
    },
    refused: (position) => {
      throw spend?.refusal(position) ?? new Problem('too-many-sends');
    },
  });
  const view = { sentTo: maskHint(hintOfAddress(profile.email)), expiresAt: toTimestamp(state.lastAt + mailedCodeLife) };
  if (outcome === 'sent-already') return { ...view, state: 'sent' };
  const mail = codeMail({ language: languageOf(profile.locale), organizationName: organization.name, supportName: organization.support?.name, purpose, code, lasts: mailedCodeLife });
  const sent = await sendOnce(deps.mail, { ...mail, to: profile.email, about: { user: home.userKey } });
  return sent.outcome === 'sent' ? { ...view, state: 'sent' } : { ...view, state: 'failed', reason: sent.reason === 'carrier-down' ? 'carrier-down' : 'carrier-refused' };
}

function proofOf(deps: MailDependencies, { home }: About, state: About['state'], challengeId: Uint8Array): { proof?: string } {
  const challenge = findChallenge(state, challengeId);
  const claims = challenge && claimsOf(deps.issuer, challengeIdOf(deps.keys, home, challengeId), state, challenge, deps.clock.now());
  return claims ? { proof: writeResult(deps.keys, claims) } : {};
}

export async function answerEmailVerification(deps: MailDependencies, about: About, clientId: string, answer: string): Promise<VerificationView> {
  const { home } = about;
  const profile = needProfile(about);
  const { email, emailChangedAt = 0, emailVerified } = profile;
  const { outcome, state } = await commit<MailedOutcome>(deps, {
    ...about,
    decide: (read, now) =>
      decideMailedAnswer(
        read,
        {
          clientId, answer, keys: deps.keys, resultId: new Uint8Array(deps.random.bytes(16)), policy: about.organization.policy,
          address: hashAddress(deps.keys, read, email), hint: hintOfAddress(email), isHeld: now < emailChangedAt + heldFor,
        },
        now,
      ),
    recall: (receipt, read) => {
      const { outcome: before, answersLeft } = receipt;
      const challengeId = read.challenges.find(({ id }) => isAbout(receipt, id))?.id ?? new Uint8Array();
      if (before === 'changed' || before === 'approved') return { status: before === 'changed' ? 'verified' : 'proved', challengeId };
      return { status: before === 'locked' || before === 'denied' ? before : 'wrong-answer', answersLeft };
    },
    also: ({ outcome: decided }) => (decided.status === 'verified' ? [verifyEmailWrite(deps.table.name, home.userKey, email)] : []),
    refused: () => {
      throw new Problem('nothing-sent');
    },
  });
  if (!('challengeId' in outcome)) return { emailVerified, reason: outcome.status, answersLeft: outcome.answersLeft };
  if (outcome.status === 'verified') return { emailVerified: true };
  return { emailVerified, ...proofOf(deps, about, state, outcome.challengeId) };
}
