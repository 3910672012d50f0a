/** The registration page's requests (row 0.7): whose invitation it is, the password by way of the portal, the telephone, the recovery key. */
import { askFirstFactor } from '../../../shared/clients/ask-first-factor.ts';
import { addFactor } from '../../../shared/enrollment/add-factor.ts';
import { asNumberInput, defaultMethod, hintOfNumber, openEnrolledNumber } from '../../../shared/enrollment/invitations/enrolled-number.ts';
import { validateRegistration } from '../../../shared/enrollment/invitations/validate-registration.ts';
import { decideFirstKey } from '../../../shared/factors/decide-recovery-key.ts';
import { makeRecoveryKey } from '../../../shared/factors/kinds/recovery-key.ts';
import type { PhoneNumberInput } from '../../../shared/factors/phone-number.ts';
import { needSessionEnrollment, sessionOver, type AdmittedPage } from '../../../shared/pages/admit-page.ts';
import { lookAtInvitation } from '../../../shared/pages/look-at-invitation.ts';
import { setUpOptions } from '../../../shared/pages/set-up-options.ts';
import { readEnvironment } from '../../../shared/platform/config/environment.ts';
import { randomLengths } from '../../../shared/platform/object-id.ts';
import { Problem } from '../../../shared/platform/problems/problem.ts';
import { commit } from '../../../shared/user-state/commit.ts';
import { registeringAs } from '../../../shared/user-state/enrollment.ts';
import { isPhoneMethod } from '../../../shared/user-state/methods.ts';
import type { Dependencies } from '../../start/dependencies.ts';
import { withSenders } from '../request/senders.ts';
import { noBody } from '../wire/names.ts';
import { openPageSessionRequest, registerPhoneRequest, validateRegistrationRequest } from '../wire/pages.ts';
import { openingHandler, pageHandler, type PageCall, type PageHandlers } from './page-door.ts';
import { changeRequest } from './set-up.ts';
import { profileOf } from './written-to.ts';

/** Where whoever signs in by SSO goes round: the portal says, or it is where the portal is. */
const signInUrlOf = ({ client, session }: AdmittedPage): string | undefined => client.firstFactorCheck?.signInUrl ?? session.returnUrl;

/** How far it is, and what the next step needs. */
function viewRegistration(deps: Dependencies, page: AdmittedPage): Record<string, unknown> {
  const { id, record } = needSessionEnrollment(page);
  const { organization, state } = page;
  const number = openEnrolledNumber({ keys: deps.keys, organization, state }, id, record);
  const signInUrl = signInUrlOf(page);
  return {
    kind: record.kind,
    firstFactor: state.identity === 'sso' ? 'sso' : 'password',
    ...(state.identity === 'sso' && signInUrl !== undefined ? { signInUrl } : {}),
    isValidated: registeringAs(state, id)?.validated === true,
    isCompleted: record.state === 'completed',
    ...(number ? { number: hintOfNumber(number), method: record.method ?? defaultMethod } : {}),
    ...setUpOptions(withSenders(deps), page),
  };
}

/** The answer is the same for a wrong password and for a portal that was not heard: which it was is in the trail. */
async function validate(deps: Dependencies, { page, about, body }: PageCall<{ password: string }>): Promise<{ isAccepted: boolean }> {
  const isLocal = readEnvironment(['COUNTERSIGN_STAGE']).COUNTERSIGN_STAGE === 'local';
  const { id: enrollmentId } = needSessionEnrollment(page);
  const request = { ...about, enrollmentId, password: body.password };
  const outcome = await validateRegistration({ ...deps, askPortal: (question) => askFirstFactor(deps, page.client, question, { isLocal }) }, request);
  if (outcome === 'over') throw new Problem('invitation-over');
  return { isAccepted: outcome === 'validated' };
}

/** The number that an administrator gave, the PIN that its person has chosen: it is called at once. */
async function register(deps: Dependencies, call: PageCall<{ pin?: string | undefined; secondary?: PhoneNumberInput | undefined }>): Promise<Record<string, unknown>> {
  const { page, body } = call;
  const { id, record } = needSessionEnrollment(page);
  const number = openEnrolledNumber({ keys: deps.keys, organization: page.organization, state: page.state }, id, record);
  const method = record.method ?? defaultMethod;
  if (!number || !isPhoneMethod(method)) throw new Problem('policy-forbids', { detail: 'This invitation is for no telephone number.' });
  const numbers = { primary: asNumberInput(number), ...(body.secondary === undefined ? {} : { secondary: body.secondary }) };
  return addFactor(withSenders(deps), changeRequest(deps, call), { kind: 'phone', method, pin: body.pin, numbers });
}

/** Whoever confirmed on the telephone has seen none yet. Made once: a page that is loaded again shows no other. */
async function makeFirstKey(deps: Dependencies, { page, about }: PageCall<unknown>): Promise<{ recoveryKey?: string }> {
  const confirmed = page.enrollment?.confirmed;
  if (!confirmed) throw sessionOver();
  const { factor: key, text } = makeRecoveryKey({ ...deps, state: about.state, factorId: deps.random.bytes(randomLengths.fac), now: deps.clock.now() });
  const { outcome } = await commit(deps, {
    ...about,
    decide: (read, now) => decideFirstKey(read, { key, confirmed, policy: about.organization.policy }, now),
    recall: () => 'none' as const,
  });
  return outcome === 'made' ? { recoveryKey: text } : {};
}

export const registrationHandlers = {
  lookAtInvitation: openingHandler({
    body: openPageSessionRequest,
    open: async (deps, { body }) => {
      const { name, support } = await lookAtInvitation(deps, body.token);
      return { status: 200, body: { page: 'registration', organization: { name, ...(support ? { support } : {}) } } };
    },
  }),
  getRegistration: pageHandler({
    body: noBody,
    handle: (deps, { page }) => Promise.resolve({ status: 200, body: viewRegistration(deps, page) }),
  }),
  validateRegistration: pageHandler({
    body: validateRegistrationRequest,
    handle: async (deps, call) => ({ status: 200, body: await validate(deps, call) }),
  }),
  registerPhone: pageHandler({
    body: registerPhoneRequest,
    also: (place) => [profileOf(place)],
    handle: async (deps, call) => ({ status: 201, body: await register(deps, call) }),
  }),
  makeFirstRecoveryKey: pageHandler({
    body: noBody,
    handle: async (deps, call) => ({ status: 200, body: await makeFirstKey(deps, call) }),
  }),
} satisfies PageHandlers;
