/** What of a policy decides which telephones may be entered, and how they confirm. */
export interface PhonePolicy {
  readonly methods: readonly string[];
  readonly countries: readonly string[];
}

/** The order in which they are offered: the strongest that everybody can use first. */
const ordered = ['call-pin', 'call-match', 'call', 'sms-code', 'sms-reply-pin', 'sms-reply-match', 'sms-reply'] as const;

export const phoneMethods = ({ methods }: Pick<PhonePolicy, 'methods'>): readonly (typeof ordered)[number][] => ordered.filter((method) => methods.includes(`phone:${method}`));
