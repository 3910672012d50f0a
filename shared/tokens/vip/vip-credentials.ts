/** Symantec VIP, as far as the product needs it: whether a code of a credential is right, now, and for once. */
import type { Table } from '../../platform/dynamo/table.ts';

/** What VIP knows an organization by: the client certificate that its own VIP Manager gave it. */
export interface VipAccount {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
}

export interface VipCredentials {
  /** `false` for whatever VIP does not call a success; throws `unavailable` when there is no answer that can be believed. */
  isRight(account: VipAccount, credentialId: string, code: string): Promise<boolean>;
}

export interface VipDependencies {
  readonly table: Table;
  /** Absent where nobody can ask VIP: then its credentials confirm nothing. */
  readonly vip?: VipCredentials;
}
