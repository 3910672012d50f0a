/** Enrollments: an administrator enables a user, reads how far that has come, sends the invitation again, takes it back. */
import { clientItemKey, fromClientItem } from '../../../shared/clients/client.ts';
import { createEnrollment, type CreateEnrollmentInput } from '../../../shared/enrollment/invitations/create-enrollment.ts';
import { cancelEnrollment, getEnrollment, resendEnrollment } from '../../../shared/enrollment/invitations/manage-enrollment.ts';
import type { ItemKey } from '../../../shared/platform/dynamo/table.ts';
import type { Dependencies } from '../../start/dependencies.ts';
import { handler as route, type ApiCall, type Handlers, type RequestParts } from '../request/api-door.ts';
import { idempotent } from '../request/idempotent.ts';
import { withSenders } from '../request/senders.ts';
import { aboutPerson, aboutUser, userProfile, userTarget } from '../request/targets.ts';
import { createEnrollmentRequest, type CreateEnrollmentRequest } from '../wire/enrollments.ts';
import { noBody } from '../wire/names.ts';

const profileBeside = (deps: Dependencies, parts: Pick<RequestParts<unknown>, 'path'>): readonly ItemKey[] => [userProfile(deps, parts)];

/** Another portal than the one that asks comes with the same read. */
const besideOf = (deps: Dependencies, parts: RequestParts<CreateEnrollmentRequest>): readonly ItemKey[] => [
  ...profileBeside(deps, parts),
  ...(parts.body.clientId === undefined ? [] : [clientItemKey(parts.body.clientId)]),
];

function inputOf({ admitted, body }: ApiCall<CreateEnrollmentRequest>): CreateEnrollmentInput {
  const named = admitted.also[1];
  const client = body.clientId === undefined ? admitted.client : named && fromClientItem(named);
  if (body.kind === 'any') return { client };
  const { country, callingCode, phoneNumber, extension, method } = body;
  return { client, phone: { number: { country, callingCode, phoneNumber, extension }, method } };
}

const enrollmentIdOf = ({ path }: Pick<ApiCall<unknown>, 'path'>): string => path['enrollmentId'] ?? '';

export const enrollmentHandlers = {
  createEnrollment: idempotent({
    body: createEnrollmentRequest,
    target: userTarget,
    also: besideOf,
    handle: async (deps, call, remember) => {
      const about = aboutPerson(call, call.admitted.also[0]);
      const input = { ...inputOf(call), remember: (body: unknown) => remember({ status: 201, body }) };
      return { status: 201, body: await createEnrollment(withSenders(deps), about, input) };
    },
  }),
  getEnrollment: route({
    body: noBody,
    target: userTarget,
    handle: async (deps, call) => ({ status: 200, body: await getEnrollment(deps, aboutUser(call), enrollmentIdOf(call)) }),
  }),
  resendEnrollment: route({
    body: noBody,
    target: userTarget,
    also: profileBeside,
    handle: async (deps, call) => {
      const about = aboutPerson(call, call.admitted.also[0]);
      return { status: 200, body: await resendEnrollment(withSenders(deps), about, enrollmentIdOf(call)) };
    },
  }),
  cancelEnrollment: route({
    body: noBody,
    target: userTarget,
    handle: async (deps, call) => ({ status: 200, body: await cancelEnrollment(withSenders(deps), aboutUser(call), enrollmentIdOf(call)) }),
  }),
} satisfies Handlers;
