/** A policy as the service answers it: every rule with its value, who set it, and how far whoever asks may go. */
import type { Strength } from './method-rows.ts';

export const enforcements = ['optional', 'offered', 'required'] as const;
export type Enforcement = (typeof enforcements)[number];

export interface Rules {
  readonly enforcement: Enforcement;
  readonly appliesTo: 'local-users' | 'all-users';
  readonly setUpWindowDays: number;
  readonly methods: readonly string[];
  readonly protects: readonly string[];
  readonly lockout: { readonly failures: number; readonly minutes: number };
  readonly pin: { readonly minimumLength: number };
  readonly passkeys: { readonly userVerification: 'preferred' | 'required' };
  readonly countries: readonly string[];
  readonly minimumAcr: Strength;
  readonly spend: { readonly sendsPerDay: number };
}

export type RuleName = keyof Rules;

export interface Rule<Name extends RuleName = RuleName> {
  readonly value: Rules[Name];
  /** An organization, `installation`, or `default` for what nobody set. */
  readonly setBy: string;
  readonly mayChange: boolean;
  /** How loose it may be made at most, and who says so. */
  readonly bound?: { readonly value: Rules[Name]; readonly setBy: string };
}

export interface Policy {
  readonly rules: { readonly [Name in RuleName]: Rule<Name> };
  readonly parent?: { readonly organizationId: string; readonly name: string };
  readonly enforcedAt?: string;
  readonly telephoneOnlyAcceptedBy?: string;
}

/** What is asked to change; null takes a rule back. */
export type PolicyChange = { readonly [Name in RuleName]?: Rules[Name] | null } & { readonly acceptTelephoneOnly?: string };
