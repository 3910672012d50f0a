/**
 * The prompt's requests: a challenge, read, sent, answered and canceled by the very operations of the API. It is the session's own, or
 * one by which a person confirms again in the middle of something else (proofs.ts).
 */
import { callKey, callPartition } from '../../../shared/delivery/call-record.ts';
import { fromSendItem } from '../../../shared/delivery/message-record.ts';
import { factorRandom } from '../../../shared/factors/factor-id.ts';
import { needSessionChallenge, sessionOver, type AdmittedPage } from '../../../shared/pages/admit-page.ts';
import { isPlainRefusal, showChallenge, type PageChallenge } from '../../../shared/pages/page-challenge.ts';
import type { CookiePlace } from '../../../shared/pages/page-session.ts';
import { readEnvironment } from '../../../shared/platform/config/environment.ts';
import type { ItemKey } from '../../../shared/platform/dynamo/table.ts';
import { answerChallenge } from '../../../shared/sign-in/answer-challenge.ts';
import { cancelChallenge } from '../../../shared/sign-in/cancel-challenge.ts';
import { getChallenge } from '../../../shared/sign-in/get-challenge.ts';
import { sendChallenge } from '../../../shared/sign-in/sending/send-challenge.ts';
import type { SignInDependencies } from '../../../shared/sign-in/sign-in-dependencies.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../../../shared/user-state/user-state-item.ts';
import type { Dependencies } from '../../start/dependencies.ts';
import { withSenders } from '../request/senders.ts';
import { noBody } from '../wire/names.ts';
import { answerPromptRequest, sendPromptRequest } from '../wire/pages.ts';
import { pageHandler, type PageCall, type PageHandlers } from './page-door.ts';
import { profileOf, writtenTo } from './written-to.ts';

export const withIssuer = (deps: Dependencies): SignInDependencies => ({ ...deps, issuer: readEnvironment(['COUNTERSIGN_ISSUER']).COUNTERSIGN_ISSUER });

/** Which challenge a request is about, as far as its place and path say; throws for one that is not this session's. */
export interface Prompted {
  readonly find: (place: CookiePlace, deps: Dependencies, path: PageCall<unknown>['path']) => Uint8Array | undefined;
  readonly need: (deps: Dependencies, call: Pick<PageCall<unknown>, 'page' | 'path'>) => Uint8Array;
}

export interface Shown {
  readonly page: AdmittedPage;
  readonly about: Pick<PageCall<unknown>['about'], 'home' | 'organization' | 'state'>;
}

/** `page.also` begins with what is known of its call or message. */
export async function shownChallenge(deps: Dependencies, { page, about }: Shown, challengeId: Uint8Array): Promise<PageChallenge> {
  const input = { challengeId, clientId: page.client.clientId, record: fromSendItem(page.also[0]), waitSeconds: 0 };
  return showChallenge(await getChallenge(withIssuer(deps), about, input));
}

/** As it is after a refusal, which may have ended it. */
async function afterRefusal(deps: Dependencies, call: Shown, challengeId: Uint8Array): Promise<PageChallenge> {
  const [item] = await deps.table.read([userStateKey(call.about.home.userKey)]);
  if (!item || isTombstone(item)) throw sessionOver();
  return shownChallenge(deps, { ...call, about: { ...call.about, state: fromUserStateItem(item) } }, challengeId);
}

/** A wrong code, a used one, a late one, a locked person: one answer, and what is left to do is in the challenge. */
async function answerPrompt(deps: Dependencies, call: PageCall<{ factorId?: string | undefined; answer: string }>, challengeId: Uint8Array) {
  const input = { ...call.body, challengeId, clientId: call.page.client.clientId };
  try {
    const view = await answerChallenge(withSenders(deps), call.about, input);
    const { recoveryKey } = view as { readonly recoveryKey?: string };
    const isAccepted = view.status === 'approved' || view.status === 'enrollment-required';
    return { isAccepted, ...(recoveryKey === undefined ? {} : { recoveryKey }), challenge: showChallenge(view) };
  } catch (error) {
    if (!isPlainRefusal(error)) throw error;
    return { isAccepted: false, challenge: await afterRefusal(deps, call, challengeId) };
  }
}

async function sendPrompt(deps: Dependencies, call: PageCall<{ factorId: string }>, challengeId: Uint8Array): Promise<PageChallenge> {
  const { page, about, body } = call;
  const factorId = factorRandom(deps.keys, about.home, body.factorId);
  if (!factorId) throw sessionOver();
  const [profile, sendItem] = page.also;
  try {
    return showChallenge(await sendChallenge(withSenders(deps), writtenTo(about, profile), { challengeId, factorId, sendItem }));
  } catch (error) {
    if (!isPlainRefusal(error)) throw error;
    return afterRefusal(deps, { ...call, page: { ...page, also: page.also.slice(1) } }, challengeId);
  }
}

/** The four requests on a challenge, wherever a prompt stands. */
export function promptHandlers({ find, need }: Prompted) {
  const callOf = (place: CookiePlace, deps: Dependencies, { path }: Pick<PageCall<unknown>, 'path'>): ItemKey[] => {
    const challengeId = find(place, deps, path);
    return challengeId ? [callKey(callPartition(challengeId))] : [];
  };
  return {
    get: pageHandler({
      body: noBody,
      also: callOf,
      handle: async (deps, call) => ({ status: 200, body: await shownChallenge(deps, call, need(deps, call)) }),
    }),
    send: pageHandler({
      body: sendPromptRequest,
      also: (place, deps, parts) => [profileOf(place), ...callOf(place, deps, parts)],
      handle: async (deps, call) => ({ status: 200, body: await sendPrompt(deps, call, need(deps, call)) }),
    }),
    answer: pageHandler({
      body: answerPromptRequest,
      also: callOf,
      handle: async (deps, call) => ({ status: 200, body: await answerPrompt(deps, call, need(deps, call)) }),
    }),
    cancel: pageHandler({
      body: noBody,
      handle: async (deps, call) => {
        const view = await cancelChallenge(withIssuer(deps), call.about, need(deps, call), call.page.client.clientId);
        return { status: 200, body: showChallenge(view) };
      },
    }),
  };
}

/** The one challenge that the session lives on. */
const ofSession = promptHandlers({ find: ({ challenge }) => challenge, need: (_deps, { page }) => needSessionChallenge(page) });

export const challengeHandlers = {
  getPromptedChallenge: ofSession.get,
  sendPromptedChallenge: ofSession.send,
  answerPromptedChallenge: ofSession.answer,
  cancelPromptedChallenge: ofSession.cancel,
} satisfies PageHandlers;
