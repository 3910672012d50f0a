/** What row 1.4 says of a telephone: not provisioned, provisioned, or failed, and then ask the support. */
import type { User } from './account.ts';

export interface Provisioning {
  readonly is: 'not' | 'done' | 'failed';
  /** Once it is provisioned. */
  readonly status?: 'active' | 'inactive';
}

/** A license that is kept says that one is awaited; it fails when its invitation cannot arrive. */
function awaited({ licenses, emailProblem }: Pick<User, 'licenses' | 'emailProblem'>): Provisioning {
  if (!licenses.includes('phone')) return { is: 'not' };
  return { is: emailProblem === undefined ? 'done' : 'failed' };
}

export function phoneProvisioning(user: Pick<User, 'factors' | 'licenses' | 'emailProblem'>): Provisioning {
  const phone = user.factors.find(({ kind }) => kind === 'phone');
  if (!phone || phone.status === 'proving') return awaited(user);
  if (phone.status === 'disabled' || phone.unreachable) return { is: 'failed' };
  return { is: 'done', status: phone.status };
}
