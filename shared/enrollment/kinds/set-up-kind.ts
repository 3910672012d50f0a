/** How a kind of factor is set up: made from what a person gives, shown what is shown once, changed. One file each. */
import type { KeyObject } from 'node:crypto';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Random } from '../../platform/random.ts';
import type { Policy } from '../../policy/policy.ts';
import type { PhoneNumberInput } from '../../factors/phone-number.ts';
import type { FactorChanges } from '../../factors/decide-change.ts';
import type { Factor, PhoneMethod, UserState } from '../../user-state/user-state.ts';

export interface SetUpContext {
  readonly keys: KeyRing;
  readonly userKey: KeyObject;
  readonly state: UserState;
  readonly policy: Policy;
  readonly random: Random;
  readonly now: number;
  readonly factorId: Uint8Array;
  readonly organizationName: string;
}

export interface NumbersInput {
  readonly primary?: PhoneNumberInput | undefined;
  readonly secondary?: PhoneNumberInput | undefined;
}

/** Everything any kind may be made from; each takes what is its own. */
export interface SetUpInput {
  readonly kind: string;
  readonly label?: string | undefined;
  readonly issuer?: string | undefined;
  readonly method?: PhoneMethod | undefined;
  readonly pin?: string | undefined;
  readonly numbers?: NumbersInput | undefined;
}

export interface SetUpKind<F extends Factor> {
  create(context: SetUpContext, input: SetUpInput): F;
  /** What the person needs to set it up at their end; only while it is proving. */
  reveal(context: SetUpContext, factor: F, input: SetUpInput): Record<string, unknown>;
  /** Changes beyond label, rank and status. */
  change?(context: SetUpContext, factor: F, input: Pick<SetUpInput, 'method' | 'pin' | 'numbers'>): FactorChanges;
}
