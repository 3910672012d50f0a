/** A user's factors: add, read, call again, confirm, change, remove; and the invitations to set up the first. */
import { addedFactor, addFactor } from '../../shared/enrollment/add-factor.ts';
import { changeFactor } from '../../shared/enrollment/change-factor.ts';
import { confirmFactor } from '../../shared/enrollment/confirm-factor.ts';
import type { ChangeRequest } from '../../shared/enrollment/enrollment-dependencies.ts';
import { answerEmailVerification, sendEmailVerification } from '../../shared/enrollment/email-verification.ts';
import { getFactor } from '../../shared/enrollment/get-factor.ts';
import { renewRecoveryKey } from '../../shared/enrollment/renew-recovery-key.ts';
import { removeFactor } from '../../shared/enrollment/remove-factor.ts';
import { resyncFactor } from '../../shared/enrollment/resync-factor.ts';
import { sendFactor } from '../../shared/enrollment/send-factor.ts';
import { readProver } from '../../shared/clients/read-prover.ts';
import { enrollmentHandlers } from './factors/enrollments.ts';
import { handler as route, type ApiCall } from './request/api-door.ts';
import { sharedDoor } from './request/page-caller.ts';
import { idempotent } from './request/idempotent.ts';
import { aboutPerson, aboutUser, userProfile, userTarget } from './request/targets.ts';
import { withMail, withSenders } from './request/senders.ts';
import { answerEmailVerificationRequest, sendEmailVerificationRequest } from './wire/email-verification.ts';
import { addFactorRequest, changeFactorRequest, confirmFactorRequest, recoveryKeyRequest, removeFactorRequest, resyncFactorRequest, sendFactorRequest } from './wire/factors.ts';
import { emptyRequest } from './wire/challenges.ts';
import { Problem } from '../../shared/platform/problems/problem.ts';
import type { About } from '../../shared/sign-in/sign-in-dependencies.ts';
import type { Dependencies } from '../start/dependencies.ts';

interface Authorities {
  readonly proofs?: readonly string[] | undefined;
  readonly challengeId?: string | undefined;
}

/** A proof is the actor's own: an administrator proves the administrator. */
async function changeRequest(deps: Dependencies, call: ApiCall<Authorities>): Promise<ChangeRequest> {
  const about = aboutPerson(call, call.admitted.also[0]);
  const { actor, client } = call.admitted;
  const isOther = actor !== undefined && (actor.userId !== about.state.userId || actor.organizationId !== about.state.organizationId);
  const prover = isOther ? await readProver(deps, actor) : undefined;
  const { proofs = [], challengeId } = call.body;
  return { ...about, clientId: client.clientId, proofs, challengeId, pageProof: call.admitted.pageProof, ...(prover ? { prover } : {}) };
}

/** Whoever proves a number or an address is written to. */
const profileBeside = (deps: Dependencies, parts: Pick<ApiCall<unknown>, 'path'>) => [userProfile(deps, parts)];

/** What is mailed to a person is theirs: an administrator may have an address verified, and proves nothing by it. */
function aboutSelf(call: ApiCall<unknown>): About {
  const about = aboutPerson(call, call.admitted.also[0]);
  const { actor } = call.admitted;
  if (actor && (actor.userId !== about.state.userId || actor.organizationId !== about.state.organizationId)) throw new Problem('not-permitted');
  return about;
}

const factorIdOf = ({ path }: Pick<ApiCall<unknown>, 'path'>): string => path['factorId'] ?? '';

export const handler = sharedDoor({
  ...enrollmentHandlers,
  addFactor: idempotent({
    body: addFactorRequest,
    target: userTarget,
    also: profileBeside,
    handle: async (deps, call, remember) => {
      const { challengeId: _challenge, proofs: _proofs, ...input } = call.body;
      const request = { ...(await changeRequest(deps, call)), remember: (body: Record<string, unknown>) => remember({ status: 201, body }) };
      return { status: 201, body: await addFactor(withSenders(deps), request, input) };
    },
    revive: async (deps, call, { status, body }) => {
      const { challengeId: _challenge, proofs: _proofs, ...input } = call.body;
      const { factorId } = body as { factorId: string };
      return { status, body: await addedFactor(withSenders(deps), aboutUser(call), factorId, input) };
    },
  }),
  getFactor: route({
    body: emptyRequest,
    target: userTarget,
    handle: async (deps, call) => ({ status: 200, body: await getFactor(withSenders(deps), aboutUser(call), factorIdOf(call)) }),
  }),
  sendFactor: route({
    body: sendFactorRequest,
    target: userTarget,
    also: profileBeside,
    handle: async (deps, call) => {
      const request = await changeRequest(deps, { ...call, body: {} });
      return { status: 200, body: await sendFactor(withSenders(deps), request, factorIdOf(call)) };
    },
  }),
  confirmFactor: route({
    body: confirmFactorRequest,
    target: userTarget,
    handle: async (deps, call) => {
      const request = await changeRequest(deps, { ...call, body: {} });
      return { status: 200, body: await confirmFactor(withSenders(deps), request, factorIdOf(call), call.body) };
    },
  }),
  resyncFactor: route({
    body: resyncFactorRequest,
    target: userTarget,
    handle: async (deps, call) => {
      const request = await changeRequest(deps, { ...call, body: {} });
      return { status: 200, body: await resyncFactor(withSenders(deps), request, factorIdOf(call), call.body) };
    },
  }),
  changeFactor: route({
    body: changeFactorRequest,
    target: userTarget,
    also: profileBeside,
    handle: async (deps, call) => {
      const { challengeId: _challenge, proofs: _proofs, ...input } = call.body;
      return { status: 200, body: await changeFactor(withSenders(deps), await changeRequest(deps, call), factorIdOf(call), input) };
    },
  }),
  renewRecoveryKey: route({
    body: recoveryKeyRequest,
    target: userTarget,
    handle: async (deps, call) => {
      const request = await changeRequest(deps, call);
      return { status: 201, body: await renewRecoveryKey(withSenders(deps), request) };
    },
  }),
  removeFactor: route({
    body: removeFactorRequest,
    target: userTarget,
    handle: async (deps, call) => {
      await removeFactor(withSenders(deps), await changeRequest(deps, call), factorIdOf(call));
      return { status: 204 };
    },
  }),
  sendEmailVerification: route({
    body: sendEmailVerificationRequest,
    target: userTarget,
    also: profileBeside,
    handle: async (deps, call) => {
      const { purpose = 'verify' } = call.body;
      const about = purpose === 'verify' ? aboutPerson(call, call.admitted.also[0]) : aboutSelf(call);
      return { status: 200, body: await sendEmailVerification(withMail(deps), about, call.admitted.client.clientId, purpose) };
    },
  }),
  answerEmailVerification: route({
    body: answerEmailVerificationRequest,
    target: userTarget,
    also: profileBeside,
    handle: async (deps, call) => ({
      status: 200,
      body: await answerEmailVerification(withMail(deps), aboutSelf(call), call.admitted.client.clientId, call.body.answer),
    }),
  }),
});
