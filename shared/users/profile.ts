/** Who a user is to people: name, address, role, language. It lists and searches; it never decides a sign-in. */
import { fromAttributes, toAttributes, type Attributes, type Value } from '../platform/dynamo/attributes.ts';
import type { ItemKey } from '../platform/dynamo/table.ts';
import { userPartition } from '../user-state/user-state-item.ts';
import type { Role } from '../contract/routes.ts';
import type { Identity } from '../user-state/user-state.ts';

/** Mail came back for good, or its reader called it spam. Nothing more is sent there. */
export type EmailProblem = 'bounced' | 'complained';

export interface Profile {
  readonly schema: number;
  readonly version: number;
  readonly organizationId: string;
  readonly userId: string;
  readonly displayName: string;
  readonly email: string;
  readonly emailVerified: boolean;
  /** Of this address; another one begins without. */
  readonly emailProblem?: EmailProblem;
  readonly role: Role;
  readonly identity: Identity;
  readonly locale: string;
  readonly audiences?: readonly string[];
  readonly createdAt: number;
  readonly suspended?: boolean;
  /** When the address last became another: codes mailed to it prove nothing for a day (A78a). */
  readonly emailChangedAt?: number;
  /** Told of changes too, for as long as a taken-over account would want it not to be. */
  readonly formerEmail?: { readonly address: string; readonly until: number };
}

export const profileKey = (userKey: string): ItemKey => ({ pk: userPartition(userKey), sk: 'PROFILE' });

export function toProfileItem(userKey: string, profile: Profile): Attributes {
  return toAttributes({ ...profileKey(userKey), ...(profile as unknown as Record<string, Value>) });
}

export function fromProfileItem(item: Attributes): Profile {
  const { pk: _pk, sk: _sk, ...profile } = fromAttributes(item);
  return profile as unknown as Profile;
}
