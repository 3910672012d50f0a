/** What row 1.4 says of a telephone: not provisioned, provisioned, or failed, and then ask the support. */
import type { User } from './account.ts';

export interface Provisioning {
  readonly is: 'not' | 'done' | 'failed';
  /** Once it is provisioned. */
  readonly status?: 'active' | 'inactive';
}

export function phoneProvisioning({ factors }: Pick<User, 'factors'>): Provisioning {
  const phone = factors.find(({ kind }) => kind === 'phone');
  if (!phone || phone.status === 'proving') return { is: 'not' };
  if (phone.status === 'disabled' || phone.unreachable) return { is: 'failed' };
  return { is: 'done', status: phone.status };
}
