/** Calls the number that is being proved. A call that cannot be made now leaves the factor proving, to be called again. */
import { Problem } from '../platform/problems/problem.ts';
import { sendChallenge } from '../sign-in/sending/send-challenge.ts';
import type { ProgressView } from '../sign-in/challenge-view.ts';
import { markRequest } from '../user-state/receipts.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import type { UserState } from '../user-state/user-state.ts';
import type { ChangeRequest, EnrollmentDependencies } from './enrollment-dependencies.ts';

export interface ProvingView {
  readonly progress?: ProgressView | { readonly factorId?: string; readonly state: 'failed'; readonly reason: string };
}

export async function startProving(
  deps: EnrollmentDependencies, request: ChangeRequest, state: UserState, factorId: Uint8Array, challengeId: Uint8Array, sendItem?: Attributes,
): Promise<ProvingView> {
  // The request has its receipt for the change already: its call is a request of its own.
  const mark = markRequest(deps.keys, 'proving', Buffer.from(request.mark.request).toString('base64url'), [Buffer.from(challengeId).toString('base64url')]);
  try {
    const { progress } = await sendChallenge(deps, { ...request, state, mark }, { challengeId, factorId, sendItem });
    return progress ? { progress } : {};
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 429) throw error;
    return { progress: { state: 'failed', reason: error.problem } };
  }
}
