/** Whose number an administrator gave sets up that telephone and no other, by whichever way they came in: the password, or round by SSO. */
import { invitedBy, type Authority } from '../../factors/authority.ts';
import { readPhoneNumber } from '../../factors/phone-number.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Table } from '../../platform/dynamo/table.ts';
import { Problem } from '../../platform/problems/problem.ts';
import type { About } from '../../sign-in/sign-in-dependencies.ts';
import { enrollmentKey, fromEnrollmentItem, type EnrollmentRecord } from '../../user-state/enrollment-item.ts';
import type { SetUpRequest } from '../kinds/set-up-kinds.ts';
import { defaultMethod, openEnrolledNumber } from './enrolled-number.ts';

type Deps = { readonly table: Table; readonly keys: KeyRing };

function isGiven({ keys }: Deps, { organization, state }: Pick<About, 'organization' | 'state'>, id: Uint8Array, record: EnrollmentRecord | undefined, input: SetUpRequest): boolean {
  const given = record && openEnrolledNumber({ keys, organization, state }, id, record);
  if (!given || input.kind !== 'phone' || !input.numbers.primary) return false;
  const { e164, extension } = readPhoneNumber(input.numbers.primary, organization.policy.countries);
  return e164 === given.e164 && extension === given.extension && input.method === (record.method ?? defaultMethod);
}

/** The invitation that it is good for; undefined for one that names no number, and for whoever sets up by no invitation. */
export async function judgeNumber(deps: Deps, about: Pick<About, 'organization' | 'state'>, authority: Authority, input: SetUpRequest): Promise<Uint8Array | undefined> {
  const invited = invitedBy(about.state, authority);
  if (invited?.kind !== 'phone') return undefined;
  const [item] = await deps.table.read([enrollmentKey(invited.id)]);
  if (isGiven(deps, about, invited.id, fromEnrollmentItem(item), input)) return invited.id;
  throw new Problem('policy-forbids', { detail: 'This invitation is for the telephone number that was given with it.' });
}
