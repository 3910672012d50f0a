/** What the service answers to pages (functions/api/pages), as far as pages read it. */
export interface FactorChoice {
  readonly factorId: string;
  readonly kind: string;
  readonly method?: string;
  readonly label?: string;
  readonly hint?: string;
  /** What the browser has to be told for a passkey. */
  readonly publicKey?: unknown;
}

export interface Progress {
  readonly factorId?: string;
  readonly attempt?: number;
  readonly of?: number;
  readonly state: string;
  readonly show?: string;
}

export interface Challenge {
  readonly status: 'pending' | 'set-up-required' | 'set-up-offered' | 'approved' | 'over';
  readonly factors: readonly FactorChoice[];
  readonly progress?: Progress;
  readonly expiresAt: string;
}

export interface Welcome {
  readonly page: string;
  readonly organization: {
    readonly name: string;
    readonly support?: { readonly name: string; readonly url: string };
    readonly color?: string;
    /** A data URI. */
    readonly logo?: string;
  };
  readonly returnUrl?: string;
  readonly challenge?: Challenge;
  /** Who it is, in the pages where people manage themselves or others. */
  readonly person?: Person;
}

export type Role = 'member' | 'auditor' | 'helpdesk' | 'administrator';

export interface Person {
  readonly organizationId: string;
  readonly userId: string;
  readonly displayName: string;
  readonly role: Role;
}

export interface Answered {
  readonly isAccepted: boolean;
  readonly challenge: Challenge;
  readonly recoveryKey?: string;
}

export interface SetUpOptions {
  readonly methods: readonly string[];
  readonly pin: { readonly minimumLength: number };
  readonly countries: readonly string[];
  /** Kinds of which the person has as many as there may be. */
  readonly full: readonly string[];
  /** Nobody does without: the last one that counts stays. */
  readonly isRequired: boolean;
  readonly factorId?: string;
}

export interface PhoneNumber {
  readonly hint: string;
  readonly hasExtension: boolean;
  readonly proved: boolean;
}

/** A factor that is being set up, with what is shown once. */
export interface SetUpFactor extends FactorChoice {
  readonly status: 'proving' | 'active' | 'inactive' | 'disabled';
  readonly progress?: Progress;
  readonly secret?: string;
  readonly accountName?: string;
  readonly qrCode?: string;
  readonly pairingUri?: string;
  readonly numbers?: { readonly primary?: PhoneNumber; readonly secondary?: PhoneNumber };
  readonly recoveryKey?: string;
}

export interface Confirmed extends SetUpFactor {
  readonly isAccepted: boolean;
}
