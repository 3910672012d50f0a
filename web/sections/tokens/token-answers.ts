/** Tokens and imports of them, as the service answers them. */
export interface Token {
  readonly credentialId: string;
  readonly type: 'totp' | 'hotp';
  readonly digits: number;
  readonly period?: number;
  readonly owner?: { readonly userId: string };
}

export interface TokenPage {
  readonly tokens: readonly Token[];
  readonly cursor?: string;
}

export interface ReportRow {
  /** From 1, in its part. */
  readonly row: number;
  readonly problem: string;
  readonly credentialId?: string;
}

export interface TokenImport {
  readonly importId: string;
  readonly status: 'receiving' | 'done' | 'refused' | 'expired';
  readonly parts: number;
  readonly rows: number;
  readonly problems?: number;
  readonly report?: readonly ReportRow[];
}

export interface VipAccount {
  readonly subject: string;
  readonly fingerprint: string;
  readonly validTo: string;
}
