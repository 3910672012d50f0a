/**
 * Confirming again in the middle of something else (D23): a challenge of the session's own person, for changing factors on the security
 * page, for administering in the console. Its result never comes here: what it permits is found by its id.
 */
import { findChallenge } from '../../../shared/user-state/find.ts';
import { readObjectId } from '../../../shared/platform/object-id.ts';
import { Problem } from '../../../shared/platform/problems/problem.ts';
import { keepProof } from '../../../shared/pages/admit-page.ts';
import { showChallenge } from '../../../shared/pages/page-challenge.ts';
import { startChallenge } from '../../../shared/sign-in/start-challenge.ts';
import type { Dependencies } from '../../start/dependencies.ts';
import { cookieOf } from '../request/page-cookie.ts';
import { noBody } from '../wire/names.ts';
import { promptHandlers, withIssuer } from './challenge.ts';
import { pageHandler, type PageCall, type PageHandlers } from './page-door.ts';

function idOf(deps: Dependencies, userKey: string, path: PageCall<unknown>['path']): Uint8Array | undefined {
  const id = readObjectId(deps.keys, 'chl', path['challengeId'] ?? '');
  return id?.userKey === userKey ? id.random : undefined;
}

/** A sign-in under way at a portal is not to be answered from here. */
function needProof(deps: Dependencies, { page, path }: Pick<PageCall<unknown>, 'page' | 'path'>): Uint8Array {
  const challengeId = idOf(deps, page.home.userKey, path);
  const challenge = challengeId && findChallenge(page.state, challengeId);
  if (!challengeId || challenge?.clientId !== page.client.clientId || challenge.purpose === 'sign-in') throw new Problem('not-found');
  return challengeId;
}

const ofPath = promptHandlers({ find: ({ userKey }, deps, path) => idOf(deps, userKey, path), need: needProof });

export const proofHandlers = {
  startProof: pageHandler({
    body: noBody,
    handle: async (deps, { page, about, event }) => {
      const { client, state, session } = page;
      const { ipAddress, userAgent } = about.context;
      const view = await startChallenge(withIssuer(deps), about, {
        clientId: client.clientId,
        audience: client.audiences[0] ?? 'portal',
        purpose: session.page === 'console' ? 'administer' : 'change-factors',
        firstFactor: state.identity === 'sso' ? 'sso' : 'password',
        seen: { ipAddress, userAgent },
      });
      const id = readObjectId(deps.keys, 'chl', view.challengeId);
      if (id) await keepProof(deps, cookieOf(event) ?? '', id.random);
      return { status: 201, body: { challengeId: view.challengeId, challenge: showChallenge(view) } };
    },
  }),
  getProof: ofPath.get,
  sendProof: ofPath.send,
  answerProof: ofPath.answer,
  cancelProof: ofPath.cancel,
} satisfies PageHandlers;
