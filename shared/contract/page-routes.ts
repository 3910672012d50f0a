/**
 * What the hosted pages ask, at their own address: data only, as routes.ts is for portals. A request needs the session of one of the
 * pages that its row names; what it does is what the /v1 operations do, as that person and within that session.
 */
import { routes, type LongPage, type Route } from './routes.ts';

/** Every hosted page that has sessions, by the last part of its address. */
export const pageNames = ['sign-in', 'set-up', 'registration', 'security', 'console'] as const;
export type PageName = (typeof pageNames)[number];

export interface PageRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly operation: string;
  readonly function: string;
  /** Whose sessions may ask it; none for the exchange of a page's token, which makes the session. */
  readonly sessions: readonly PageName[];
}

/** Where somebody confirms again that it is them, in the middle of something else. */
const long = ['security', 'console'] as const;

/** Both live on one challenge: a recovery key leads from the prompt to a set-up, and a set-up done elsewhere back to the prompt. */
const challenge = ['sign-in', 'set-up'] as const;

/** Where a first factor is set up: for a challenge, or by an invitation. */
const setUp = [...challenge, 'registration'] as const;

export const pageRoutes = [
  { method: 'POST', path: '/page/session', operation: 'openPageSession', function: 'api-pages', sessions: [] },
  { method: 'GET', path: '/page/session', operation: 'getPageSession', function: 'api-pages', sessions: pageNames },
  { method: 'POST', path: '/page/session/end', operation: 'endPageSession', function: 'api-pages', sessions: pageNames },

  { method: 'GET', path: '/page/challenge', operation: 'getPromptedChallenge', function: 'api-pages', sessions: challenge },
  { method: 'POST', path: '/page/challenge/send', operation: 'sendPromptedChallenge', function: 'api-pages', sessions: challenge },
  { method: 'POST', path: '/page/challenge/answer', operation: 'answerPromptedChallenge', function: 'api-pages', sessions: challenge },
  { method: 'POST', path: '/page/challenge/cancel', operation: 'cancelPromptedChallenge', function: 'api-pages', sessions: challenge },

  { method: 'GET', path: '/page/set-up', operation: 'getSetUp', function: 'api-pages', sessions: [...challenge, 'security'] },
  { method: 'POST', path: '/page/set-up/factors', operation: 'addSetUpFactor', function: 'api-pages', sessions: setUp },
  { method: 'GET', path: '/page/set-up/factors/{factorId}', operation: 'getSetUpFactor', function: 'api-pages', sessions: setUp },
  { method: 'POST', path: '/page/set-up/factors/{factorId}/send', operation: 'sendSetUpFactor', function: 'api-pages', sessions: setUp },
  { method: 'POST', path: '/page/set-up/factors/{factorId}/confirm', operation: 'confirmSetUpFactor', function: 'api-pages', sessions: setUp },

  { method: 'POST', path: '/page/registration/look', operation: 'lookAtInvitation', function: 'api-pages', sessions: [] },
  { method: 'GET', path: '/page/registration', operation: 'getRegistration', function: 'api-pages', sessions: ['registration'] },
  { method: 'POST', path: '/page/registration/validate', operation: 'validateRegistration', function: 'api-pages', sessions: ['registration'] },
  { method: 'POST', path: '/page/registration/register', operation: 'registerPhone', function: 'api-pages', sessions: ['registration'] },
  { method: 'POST', path: '/page/registration/recovery-key', operation: 'makeFirstRecoveryKey', function: 'api-pages', sessions: ['registration'] },

  { method: 'POST', path: '/page/proofs', operation: 'startProof', function: 'api-pages', sessions: long },
  { method: 'GET', path: '/page/proofs/{challengeId}', operation: 'getProof', function: 'api-pages', sessions: long },
  { method: 'POST', path: '/page/proofs/{challengeId}/send', operation: 'sendProof', function: 'api-pages', sessions: long },
  { method: 'POST', path: '/page/proofs/{challengeId}/answer', operation: 'answerProof', function: 'api-pages', sessions: long },
  { method: 'POST', path: '/page/proofs/{challengeId}/cancel', operation: 'cancelProof', function: 'api-pages', sessions: long },
] as const satisfies readonly PageRoute[];

/** An operation of the API that pages ask as it is: same function, same handler, with a cookie in place of the key. */
export interface SharedRoute extends Route {
  readonly pages: readonly LongPage[];
}

const isShared = (route: Route): route is SharedRoute => route.pages !== undefined;

export const sharedRoutes: readonly SharedRoute[] = (routes as readonly Route[])
  .filter(isShared)
  .map((route) => ({ ...route, path: `/page${route.path}` }));

export type PageOperation = (typeof pageRoutes)[number]['operation'];
