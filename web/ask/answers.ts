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
  readonly factorId?: string;
}

/** A factor that is being set up, with what is shown once. */
export interface SetUpFactor extends FactorChoice {
  readonly status: 'proving' | 'active' | 'inactive' | 'disabled';
  readonly progress?: Progress;
  readonly secret?: string;
  readonly accountName?: string;
  readonly qrCode?: string;
  readonly pairingUri?: string;
  readonly recoveryKey?: string;
}

export interface Confirmed extends SetUpFactor {
  readonly isAccepted: boolean;
}
