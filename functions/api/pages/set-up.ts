/** What set-ups ask: a first factor for the session's challenge, or by its invitation, by the very operations of the API. */
import { addFactor } from '../../../shared/enrollment/add-factor.ts';
import { confirmFactor } from '../../../shared/enrollment/confirm-factor.ts';
import type { ChangeRequest } from '../../../shared/enrollment/enrollment-dependencies.ts';
import { getFactor } from '../../../shared/enrollment/get-factor.ts';
import { sendFactor } from '../../../shared/enrollment/send-factor.ts';
import { needSessionChallenge } from '../../../shared/pages/admit-page.ts';
import { isPlainRefusal } from '../../../shared/pages/page-challenge.ts';
import { needSetUpFactor, setUpOptions } from '../../../shared/pages/set-up-options.ts';
import { Problem } from '../../../shared/platform/problems/problem.ts';
import { challengeIdOf } from '../../../shared/sign-in/challenge-view.ts';
import type { Dependencies } from '../../start/dependencies.ts';
import { withSenders } from '../request/senders.ts';
import { addFactorRequest, confirmFactorRequest, sendFactorRequest } from '../wire/factors.ts';
import { noBody } from '../wire/names.ts';
import { pageHandler, type PageCall, type PageHandlers } from './page-door.ts';
import { profileOf, writtenTo } from './written-to.ts';

/** The right to it is the session's challenge or invitation, and nothing that a browser could name. `page.also` begins with the profile. */
export function changeRequest(deps: Dependencies, { page, about }: PageCall<unknown>): ChangeRequest {
  const { enrollment: enrollmentId } = page.session;
  const request = { ...writtenTo(about, page.also[0]), clientId: page.client.clientId, proofs: [] };
  if (enrollmentId) return { ...request, enrollmentId };
  const challengeId = challengeIdOf(deps.keys, page.home, needSessionChallenge(page));
  return { ...request, challengeId };
}

const factorIdOf = (deps: Dependencies, { page, path }: PageCall<unknown>): string => needSetUpFactor(deps.keys, page, path['factorId'] ?? '');

/** Without how many answers are left: that is for portals to know. */
async function confirmSetUp(deps: Dependencies, call: PageCall<{ answer: string }>): Promise<Record<string, unknown>> {
  const own = withSenders(deps);
  const factorId = factorIdOf(deps, call);
  try {
    const { reason, answersLeft: _answersLeft, ...factor } = await confirmFactor(own, changeRequest(deps, call), factorId, call.body);
    return { isAccepted: reason === undefined, ...factor };
  } catch (error) {
    if (!isPlainRefusal(error)) throw error;
    return { isAccepted: false, ...(await getFactor(own, call.about, factorId)) };
  }
}

export const setUpHandlers = {
  getSetUp: pageHandler({
    body: noBody,
    handle: async (deps, { page }) => ({ status: 200, body: setUpOptions(withSenders(deps), page) }),
  }),
  addSetUpFactor: pageHandler({
    body: addFactorRequest,
    also: (place) => [profileOf(place)],
    handle: async (deps, call) => {
      const { challengeId, proofs, ...input } = call.body;
      // Whose number an administrator gave registers with that one, and with no other.
      if (call.page.enrollment?.kind === 'phone') throw new Problem('policy-forbids', { detail: 'This invitation is for the number that was given with it.' });
      if (challengeId !== undefined || proofs !== undefined) throw new Problem('request-invalid', { detail: 'A page names no challenge and no proof.' });
      return { status: 201, body: await addFactor(withSenders(deps), changeRequest(deps, call), input) };
    },
  }),
  getSetUpFactor: pageHandler({
    body: noBody,
    handle: async (deps, call) => ({ status: 200, body: await getFactor(withSenders(deps), call.about, factorIdOf(deps, call)) }),
  }),
  sendSetUpFactor: pageHandler({
    body: sendFactorRequest,
    also: (place) => [profileOf(place)],
    handle: async (deps, call) => ({ status: 200, body: await sendFactor(withSenders(deps), changeRequest(deps, call), factorIdOf(deps, call)) }),
  }),
  confirmSetUpFactor: pageHandler({
    body: confirmFactorRequest,
    handle: async (deps, call) => ({ status: 200, body: await confirmSetUp(deps, call) }),
  }),
} satisfies PageHandlers;
