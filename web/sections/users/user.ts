/** A user as the service shows one, as far as the console reads it, and the words for how things stand with them. */
import type { FactorChoice, Role } from '../../ask/answers.ts';
import { element, type Content } from '../../dom/element.ts';
import { timeText } from '../../frame/texts.ts';
import type { UsersWords } from '../../words/en/console-users.ts';

export const mfaStatuses = ['none', 'invited', 'provisioned', 'active', 'inactive'] as const;
export type MfaStatus = (typeof mfaStatuses)[number];

export interface UserSummary {
  readonly userId: string;
  readonly displayName: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly emailProblem?: 'bounced' | 'complained';
  readonly role: Role;
  readonly identity: 'local' | 'sso';
  readonly locale: string;
  readonly audiences?: readonly string[];
  readonly mfa: MfaStatus;
  readonly lock?: { readonly until?: string; readonly reason: string };
  readonly suspended: boolean;
  readonly lastSignIn?: string;
  readonly createdAt: string;
}

export interface UserFactor extends FactorChoice {
  readonly status: 'proving' | 'active' | 'inactive' | 'disabled';
  readonly createdAt: string;
}

/** An invitation that is open, as a user's own view has it. */
export interface OpenEnrollment {
  readonly enrollmentId: string;
  readonly kind: 'phone' | 'any';
  readonly state: 'invited' | 'reminded' | 'registering';
  readonly expiresAt: string;
}

/** The same by itself, with what else is known of it. */
export interface Enrollment extends OpenEnrollment {
  readonly number?: { readonly hint: string };
  readonly invitations: number;
  readonly createdAt: string;
}

export interface User extends UserSummary {
  readonly factors: readonly UserFactor[];
  readonly enrollment?: OpenEnrollment;
  readonly licenses: readonly string[];
}

const tones: Readonly<Record<MfaStatus, string>> = { none: '', invited: '', provisioned: '', active: 'good', inactive: 'bad' };

const state = (text: string, tone = ''): HTMLElement => element('span', { class: `state ${tone}`.trim() }, text);

/** Whether confirmation is on for the user, in words. */
export const mfaState = (words: UsersWords, { mfa }: Pick<UserSummary, 'mfa'>): HTMLElement => state(words.mfa[mfa], tones[mfa]);

function lockText(words: UsersWords, { until }: { readonly until?: string }): string {
  return until === undefined ? words.locked : words.lockedUntil(timeText(until));
}

/** What else an administrator must see at once; in a list without the times. */
export function warnings(words: UsersWords, { lock, suspended, emailProblem }: UserSummary, isInList = false): HTMLElement[] {
  return [
    ...(lock ? [state(isInList ? words.lockedNow : lockText(words, lock), 'bad')] : []),
    ...(suspended ? [state(words.suspended, 'bad')] : []),
    ...(emailProblem ? [state(words.emailProblems[emailProblem], 'bad')] : []),
  ];
}

export const states = (...content: readonly Content[]): HTMLElement => element('span', { class: 'states' }, ...content);
