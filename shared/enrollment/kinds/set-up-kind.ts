/** How a kind of factor is set up: made from what a person gives, shown what is shown once, changed. One file each. */
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Table } from '../../platform/dynamo/table.ts';
import type { Organization } from '../../organizations/organization.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { HomeKeys } from '../../platform/object-id.ts';
import type { Random } from '../../platform/random.ts';
import type { Policy } from '../../policy/policy.ts';
import type { NumbersInput } from '../../factors/phone-number.ts';
import type { OwnChanges } from '../../factors/kinds/factor-kind.ts';
import type { Profile } from '../../users/profile.ts';
import type { Factor } from '../../user-state/factor.ts';
import type { UserState } from '../../user-state/user-state.ts';

export interface SetUpContext {
  readonly keys: KeyRing;
  readonly userKey: KeyObject;
  readonly state: UserState;
  readonly policy: Policy;
  readonly random: Random;
  readonly now: number;
  readonly factorId: Uint8Array;
  readonly organization: Organization;
  /** Where the request's one read brought it along. */
  readonly profile?: Profile | undefined;
  /** Whether what people in this country send back arrives here. */
  canReceiveReplies(country: string): boolean;
  readonly home: HomeKeys;
  /** Where the hosted pages are, the app's among them. */
  readonly pagesUrl: string;
}

/** What a kind may look up before it makes anything. */
export interface PrepareDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
  readonly clock: Clock;
}

/** What every kind is given; each adds its own. */
export interface SetUpInput {
  readonly label?: string | undefined;
}

/** What may be changed of a factor beyond label, rank and status; a kind refuses what is not its own. */
export interface OwnInput {
  readonly method?: string | undefined;
  readonly pin?: string | undefined;
  readonly numbers?: NumbersInput | undefined;
}

export interface SetUpKind<F extends Factor, Input extends SetUpInput> {
  /** The input with what had to be looked up for it; throws for what is not there. */
  prepare?(deps: PrepareDependencies, organization: Organization, input: Input): Promise<Input>;
  create(context: SetUpContext, input: Input): F;
  /** What the person needs to set it up at their end; only while it is proving. */
  reveal?(context: SetUpContext, factor: F, input: Input): Record<string, unknown> | Promise<Record<string, unknown>>;
  /** What the answer that confirms it makes known of the factor; undefined for a wrong one. For kinds that are not confirmed by a code. */
  attest?(context: SetUpContext, factor: F, answer: string): Promise<object | undefined>;
  change?(context: SetUpContext, factor: F, input: OwnInput): OwnChanges<F>;
}
