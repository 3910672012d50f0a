/**
 * From where a sign-in was started, for the person who is asked in the app: the address as the portal saw it, and the
 * browser by one of our own words. What a stranger's browser says of itself is never shown: it could say anything.
 */
import { isIP } from 'node:net';
import { callPartition } from '../../delivery/call-record.ts';
import { minute } from '../../platform/clock.ts';
import { fromAttributes, toAttributes, type Attributes } from '../../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../../platform/dynamo/table.ts';
import { rowOf } from '../../user-state/methods.ts';
import type { Challenge, UserState } from '../../user-state/user-state.ts';

export interface AskedFrom {
  readonly ipAddress?: string;
  readonly browser?: string;
  readonly system?: string;
}

export const askedFromKey = (challengeId: Uint8Array): ItemKey => ({ pk: callPartition(challengeId), sk: 'FROM' });

/** In this order: most of them also claim to be one of the others. */
const browsers = [['Edg', 'Edge'], ['OPR/', 'Opera'], ['SamsungBrowser', 'Samsung Internet'], ['Firefox', 'Firefox'], ['FxiOS', 'Firefox'], ['CriOS', 'Chrome'], ['Chrome', 'Chrome'], ['Safari', 'Safari']] as const;
const systems = [['Android', 'Android'], ['iPhone', 'iOS'], ['iPad', 'iPadOS'], ['Windows', 'Windows'], ['Mac OS X', 'macOS'], ['CrOS', 'ChromeOS'], ['Linux', 'Linux']] as const;

const nameIn = (text: string, names: readonly (readonly [string, string])[]): string | undefined => names.find(([mark]) => text.includes(mark))?.[1];

export function askedFrom({ ipAddress, userAgent = '' }: { readonly ipAddress?: string | undefined; readonly userAgent?: string | undefined }): AskedFrom {
  const [browser, system] = [nameIn(userAgent, browsers), nameIn(userAgent, systems)];
  return {
    ...(ipAddress !== undefined && isIP(ipAddress) !== 0 ? { ipAddress } : {}),
    ...(browser === undefined ? {} : { browser }),
    ...(system === undefined ? {} : { system }),
  };
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
