/**
 * All words that people hear on the telephone or read in a mail: one file per language, and none without a word that
 * another has. Names of organizations are handed in, so that no text is ever searched for a place to put them.
 */
import type { PhoneMethod } from '../../user-state/methods.ts';

export const languages = ['en', 'es', 'fr'] as const;
export type Language = (typeof languages)[number];

/** The methods by which a telephone is called. */
export type CallMethod = Extract<PhoneMethod, 'call' | `call-${string}`>;

/** Spoken. What other people wrote comes escaped for SSML already. */
export interface CallWords {
  readonly putThrough: (extension: string) => string;
  readonly greeting: (organizationName: string) => string;
  readonly signingIn: string;
  readonly proving: string;
  readonly ask: Readonly<Record<CallMethod, string>>;
  readonly fraud: Readonly<Record<CallMethod, string>>;
  /** How to hear it again: one key where keys are waited for, silence where digits are. */
  readonly repeat: Readonly<Record<CallMethod, string>>;
  readonly tryAgain: string;
  readonly approved: string;
  readonly denied: string;
  readonly locked: string;
  readonly fraudReported: string;
  readonly nothing: string;
}

export interface NoticeWords {
  readonly subject: string;
  readonly body: string;
}

export const noticeNames = [
  'wrong-answer',
  'user-locked',
  'fraud-reported',
  'factor-added',
  'factor-changed',
  'factor-removed',
  'factor-disabled',
  'recovery-key-made',
  'recovery-key-used',
  'app-unpaired',
  'push-paused',
  'user-suspended',
  'suspended-by-self',
  'user-resumed',
  'user-unlocked',
  'user-changed',
  'phone-provisioned',
  'token-provisioned',
  'user-reset',
  'confirmation-disabled',
] as const;
export type NoticeName = (typeof noticeNames)[number];

/** What those who administer the organization are told of as well. */
export const administratorNoticeNames = [
  'user-locked',
  'fraud-reported',
  'suspended-by-self',
  'enforcement-started',
  'enrollment-expired',
  'enrollment-canceled',
  'enrollment-undeliverable',
] as const;
export type AdministratorNoticeName = (typeof administratorNoticeNames)[number];

/** What a code in a mail is for. */
export const codePurposes = ['sign-in', 'set-up', 'verify', 'change-factors'] as const;
export type CodePurpose = (typeof codePurposes)[number];

export interface CodeWords {
  readonly subject: string;
  readonly occasion: string;
  /** What to do if the reader did not ask for it. */
  readonly otherwise: string;
}

export interface MailWords {
  readonly codes: Readonly<Record<CodePurpose, CodeWords>>;
  readonly validFor: (minutes: number) => string;
  /** Nobody ever has a reason to ask for the code. */
  readonly keepIt: string;
  readonly notices: Readonly<Record<NoticeName, NoticeWords>>;
  readonly administrators: Readonly<Record<AdministratorNoticeName, (user: string) => NoticeWords>>;
  readonly when: (time: string) => string;
  readonly invitation: InvitationWords;
}

/** What confirmation is and why, for somebody who has never heard of it (row 0.6). */
export interface InvitationWords {
  readonly subject: string;
  readonly invited: (organizationName: string) => string;
  /** The subject of the reminder, and what it begins with. */
  readonly reminder: string;
  readonly reminded: (organizationName: string) => string;
  readonly why: string;
  readonly how: string;
  readonly link: string;
  readonly validFor: (hours: number) => string;
  readonly otherwise: string;
}

export interface Words {
  /** For the `lang` of a mail, and for how times are written. */
  readonly tag: string;
  readonly call: CallWords;
  readonly mail: MailWords;
}
