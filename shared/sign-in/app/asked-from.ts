/**
 * From where a sign-in was started, for the person who is asked in the app: the address as the portal saw it, and the
 * browser by one of our own words.
 */
import { isIP } from 'node:net';
import { callPartition } from '../../delivery/call-record.ts';
import { browserName, type BrowserName } from '../../platform/browser-name.ts';
import { minute } from '../../platform/clock.ts';
import { fromAttributes, toAttributes, type Attributes } from '../../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../../platform/dynamo/table.ts';
import { rowOf } from '../../user-state/methods.ts';
import type { Challenge, UserState } from '../../user-state/user-state.ts';

export interface AskedFrom extends BrowserName {
  readonly ipAddress?: string;
}

export const askedFromKey = (challengeId: Uint8Array): ItemKey => ({ pk: callPartition(challengeId), sk: 'FROM' });

export function askedFrom({ ipAddress, userAgent }: { readonly ipAddress?: string | undefined; readonly userAgent?: string | undefined }): AskedFrom {
  return { ...(ipAddress !== undefined && isIP(ipAddress) !== 0 ? { ipAddress } : {}), ...browserName(userAgent) };
}

const mayBePushed = (state: UserState, { methods = [] }: Challenge): boolean =>
  methods.length > 0 && state.factors.some((factor) => factor.status === 'active' && rowOf(factor)?.reachedBy === 'push');

/** With the start, for whoever may be asked in the app; it lives a little longer than the challenge. */
export function askedFromWrites(table: string, state: UserState, challenge: Challenge | undefined, from: AskedFrom): Write[] {
  if (challenge?.status !== 'pending' || !mayBePushed(state, challenge) || Object.keys(from).length === 0) return [];
  const expiresAt = Math.floor((challenge.expiresAt + minute) / 1000);
  return [{ Put: { TableName: table, Item: toAttributes({ ...askedFromKey(challenge.id), ...from, expiresAt }) } }];
}

export function fromAskedFromItem(item: Attributes | undefined): AskedFrom {
  if (!item) return {};
  const { ipAddress, browser, system } = fromAttributes(item) as AskedFrom;
  return { ...(ipAddress ? { ipAddress } : {}), ...(browser ? { browser } : {}), ...(system ? { system } : {}) };
}
