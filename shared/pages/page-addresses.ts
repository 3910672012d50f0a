/** The addresses that portals send browsers to. The token stands in the fragment, which no server and no log ever sees. */
import type { PageName } from '../contract/page-routes.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { readObjectId } from '../platform/object-id.ts';
import type { ChallengeView } from '../sign-in/challenge-view.ts';
import { writeChallengeToken } from './page-token.ts';

export const pageAddress = (pagesUrl: string, page: PageName, token: string): string => `${pagesUrl}/${page}#${token}`;

export interface PageAddresses {
  readonly promptUrl?: string;
  readonly setupUrl?: string;
}

export interface StartedFor {
  readonly pagesUrl: string;
  readonly now: number;
  /** The request had a registered address to come back to. */
  readonly comesBack: boolean;
}

/** An offer that found no room has no challenge that could be looked at, and ends where it began. */
const isKept = ({ expiresAt }: ChallengeView, now: number): boolean => Date.parse(expiresAt) > now;

/** Where the person can go on with a challenge that has just been started. Nothing is read or written for it. */
export function pagesOf(keys: KeyRing, view: ChallengeView, { pagesUrl, now, comesBack }: StartedFor): PageAddresses {
  const id = readObjectId(keys, 'chl', view.challengeId);
  if (!id || !isKept(view, now)) return {};
  const { random: challengeId, ...home } = id;
  const address = (page: PageName): string => pageAddress(pagesUrl, page, writeChallengeToken(keys, { page, home, challengeId }));
  if (view.status === 'enrollment-required' || view.status === 'not-required') return { setupUrl: address('set-up') };
  return view.status === 'pending' && comesBack ? { promptUrl: address('sign-in') } : {};
}
