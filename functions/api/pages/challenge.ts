/** The prompt's requests: the session's challenge, read, sent, answered and canceled by the very operations of the API. */
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

const withIssuer = (deps: Dependencies): SignInDependencies => ({ ...deps, issuer: readEnvironment(['COUNTERSIGN_ISSUER']).COUNTERSIGN_ISSUER });

const callOf = ({ challenge }: CookiePlace): ItemKey[] => (challenge ? [callKey(callPartition(challenge))] : []);

export interface Shown {
  readonly page: AdmittedPage;
  readonly about: Pick<PageCall<unknown>['about'], 'home' | 'organization' | 'state'>;
}

export async function shownChallenge(deps: Dependencies, { page, about }: Shown): Promise<PageChallenge> {
  const input = { challengeId: needSessionChallenge(page), clientId: page.client.clientId, record: fromSendItem(page.also[0]), waitSeconds: 0 };
  return showChallenge(await getChallenge(withIssuer(deps), about, input));
}

/** As it is after a refusal, which may have ended it. */
async function afterRefusal(deps: Dependencies, call: PageCall<unknown>): Promise<PageChallenge> {
  const [item] = await deps.table.read([userStateKey(call.about.home.userKey)]);
  if (!item || isTombstone(item)) throw sessionOver();
  return shownChallenge(deps, { ...call, about: { ...call.about, state: fromUserStateItem(item) } });
}

/** A wrong code, a used one, a late one, a locked person: one answer, and what is left to do is in the challenge. */
async function answerPrompt(deps: Dependencies, call: PageCall<{ factorId?: string | undefined; answer: string }>) {
  const input = { ...call.body, challengeId: needSessionChallenge(call.page), clientId: call.page.client.clientId };
  try {
    const view = await answerChallenge(withSenders(deps), call.about, input);
    const { recoveryKey } = view as { readonly recoveryKey?: string };
    const isAccepted = view.status === 'approved' || view.status === 'enrollment-required';
    return { isAccepted, ...(recoveryKey === undefined ? {} : { recoveryKey }), challenge: showChallenge(view) };
  } catch (error) {
    if (!isPlainRefusal(error)) throw error;
    return { isAccepted: false, challenge: await afterRefusal(deps, call) };
  }
}

export const challengeHandlers = {
  getPromptedChallenge: pageHandler({
    body: noBody,
    also: callOf,
    handle: async (deps, call) => ({ status: 200, body: await shownChallenge(deps, call) }),
  }),
  sendPromptedChallenge: pageHandler({
    body: sendPromptRequest,
    also: (place) => [profileOf(place), ...callOf(place)],
    handle: async (deps, call) => {
      const { page, about, body } = call;
      const factorId = factorRandom(deps.keys, about.home, body.factorId);
      if (!factorId) throw sessionOver();
      try {
        const [profile, sendItem] = page.also;
        const view = await sendChallenge(withSenders(deps), writtenTo(about, profile), { challengeId: needSessionChallenge(page), factorId, sendItem });
        return { status: 200, body: showChallenge(view) };
      } catch (error) {
        if (!isPlainRefusal(error)) throw error;
        return { status: 200, body: await afterRefusal(deps, { ...call, page: { ...page, also: page.also.slice(1) } }) };
      }
    },
  }),
  answerPromptedChallenge: pageHandler({
    body: answerPromptRequest,
    also: callOf,
    handle: async (deps, call) => ({ status: 200, body: await answerPrompt(deps, call) }),
  }),
  cancelPromptedChallenge: pageHandler({
    body: noBody,
    handle: async (deps, { page, about }) => {
      const view = await cancelChallenge(withIssuer(deps), about, needSessionChallenge(page), page.client.clientId);
      return { status: 200, body: showChallenge(view) };
    },
  }),
} satisfies PageHandlers;
