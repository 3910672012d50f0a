/**
 * The policy of an organization: named rules, each with its value and who set it. A child may only tighten what its
 * parent set; the effective policy is kept on the organization, so that a sign-in reads one item.
 */
import { methodNames, strengths, type Strength } from '../user-state/methods.ts';
import type { Identity } from '../user-state/user-state.ts';
import { day } from '../platform/clock.ts';

export const enforcements = ['optional', 'offered', 'required'] as const;
export type Enforcement = (typeof enforcements)[number];

export interface Rules {
  readonly enforcement: Enforcement;
  /** Whom `required` is about: users whose identity is local, or all. */
  readonly appliesTo: 'local-users' | 'all-users';
  /** How long after enforcement (or the user's creation) a first factor may be set up at sign-in (D26). */
  readonly setUpWindowDays: number;
  readonly methods: readonly string[];
  /** What portals may say that a challenge protects; empty means anything. */
  readonly protects: readonly string[];
  readonly lockout: { readonly failures: number; readonly minutes: number };
  readonly pin: { readonly minimumLength: number };
  /** Whether a passkey must check who holds it, by a PIN or a finger, beside that somebody does. */
  readonly passkeys: { readonly userVerification: 'preferred' | 'required' };
  /** ISO 3166 countries that may be called. */
  readonly countries: readonly string[];
  readonly minimumAcr: Strength;
  /** Calls and texts per day for the whole organization. */
  readonly spend: { readonly sendsPerDay: number };
}

export type RuleName = keyof Rules;

export const defaultRules: Rules = {
  enforcement: 'optional',
  appliesTo: 'all-users',
  setUpWindowDays: 14,
  // Each result says how strong it is; who wants less of them says so by `methods` or `minimumAcr`.
  methods: methodNames,
  protects: [],
  lockout: { failures: 5, minutes: 60 },
  pin: { minimumLength: 4 },
  passkeys: { userVerification: 'preferred' },
  countries: ['US', 'CA'],
  minimumAcr: 'low',
  spend: { sendsPerDay: 2000 },
};

export interface Policy extends Rules {
  readonly version: number;
  /** When `required` began, for the set-up window. */
  readonly enforcedAt?: number;
}

export const isStrongEnough = (strength: Strength, minimum: Strength): boolean =>
  strengths.indexOf(strength) >= strengths.indexOf(minimum);

export const allowsMethod = (policy: Rules, method: string): boolean => policy.methods.includes(method);

export const mustConfirm = (policy: Rules, identity: Identity): boolean =>
  policy.enforcement === 'required' && (policy.appliesTo === 'all-users' || identity === 'local');

/**
 * Whether a first factor may still be set up at sign-in, without an invitation. Whoever had factors when the window opened, and lost
 * them to an administrator since, has none: nobody's protection is taken away and left to the next who knows the password.
 */
export function isSetUpOpen(policy: Policy, { createdAt, resetAt = -Infinity }: { readonly createdAt: number; readonly resetAt?: number }, now: number): boolean {
  const opened = Math.max(policy.enforcedAt ?? 0, createdAt);
  return resetAt < opened && now < opened + policy.setUpWindowDays * day;
}
