/** Users: list, create, change, read, unlock, suspend, resume, erase. */
import { countLookup } from '../../shared/audit/count-lookup.ts';
import { listActivity } from '../../shared/audit/list-activity.ts';
import { needOrganization, needUser } from '../../shared/clients/admit.ts';
import { disableUser, resetUser } from '../../shared/enrollment/invitations/reset-user.ts';
import { openEnrollmentView } from '../../shared/enrollment/invitations/enrollment-view.ts';
import { createPageSession } from '../../shared/pages/create-page-session.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { describeFactor } from '../../shared/factors/factor-views.ts';
import { organizationKeyOf, userKeyOf } from '../../shared/platform/object-id.ts';
import type { ItemKey } from '../../shared/platform/dynamo/table.ts';
import { Problem } from '../../shared/platform/problems/problem.ts';
import type { UserState } from '../../shared/user-state/user-state.ts';
import { eraseUser } from '../../shared/users/erase-user.ts';
import { listUsers } from '../../shared/users/list-users.ts';
import { fromProfileItem, profileKey, type Profile } from '../../shared/users/profile.ts';
import { putUser } from '../../shared/users/put-user.ts';
import { resumeUser, suspendUser, type UserActionInput } from '../../shared/users/suspend-user.ts';
import { unlockUser } from '../../shared/users/unlock-user.ts';
import { firstUserKey, type FoundUser } from '../../shared/users/user-store.ts';
import { viewUser } from '../../shared/users/user-view.ts';
import type { Dependencies } from '../start/dependencies.ts';
import {
  handler as route,
  type Answer,
  type ApiCall,
  type Handler,
  type RequestParts,
} from './request/api-door.ts';
import { sharedDoor } from './request/page-caller.ts';
import { readIfMatch, toEntityTag } from './request/read-request.ts';
import { parse } from './request/request-body.ts';
import { organizationTarget, userTarget } from './request/targets.ts';
import { resetting } from './users/resetting.ts';
import { mostPerPage } from './wire/lists.ts';
import { noBody } from './wire/names.ts';
import { createPageSessionRequest } from './wire/pages.ts';
import { listActivityQuery, listUsersQuery, putUserRequest, reasonRequest, userPath } from './wire/users.ts';

/** The profile, and the mark of the organization's first user, come with the request's one read. */
function profileKeys({ keys }: Dependencies, { path }: Pick<RequestParts<unknown>, 'path'>): readonly ItemKey[] {
  const { organizationId = '', userId = '' } = path;
  return [profileKey(userKeyOf(keys, organizationId, userId)), firstUserKey(organizationKeyOf(keys, organizationId))];
}

/** What lies outside the caller's subtree was not found, whatever else was read with it. */
function foundUser({ admitted }: ApiCall<unknown>): FoundUser {
  const { organization, state, tombstone, also } = admitted;
  const [profileItem, first] = organization ? also : [];
  return {
    ...(state ? { state } : {}),
    ...(tombstone ? { tombstone } : {}),
    ...(profileItem ? { profile: fromProfileItem(profileItem) } : {}),
    hasFirst: first !== undefined,
  };
}

function needProfile(call: ApiCall<unknown>): Profile {
  const { profile } = foundUser(call);
  if (!profile) throw new Problem('not-found');
  return profile;
}

function answerUser(
  deps: Dependencies,
  call: ApiCall<unknown>,
  status: number,
  profile: Profile,
  state: UserState,
): Answer {
  const organization = needOrganization(call.admitted);
  const view = viewUser(profile, state, deps.clock.now(), (factor) =>
    describeFactor(deps.keys, organization, call.admitted.home, state, factor),
  );
  const enrollment = openEnrollmentView(deps.keys, call.admitted.home, state, deps.clock.now());
  return { status, body: { ...view, ...enrollment }, headers: { etag: toEntityTag(profile.version) } };
}

const isSelf = ({ admitted: { actor, state } }: ApiCall<unknown>): boolean =>
  actor !== undefined && actor.userId === state?.userId && actor.organizationId === state.organizationId;

type Action = (deps: Dependencies, input: UserActionInput, call: ApiCall<{ reason: string }>) => Promise<UserState>;

/** Something done to a user for a reason that goes into the audit trail. */
const action = (act: Action): Handler =>
  route({
    body: reasonRequest,
    target: userTarget,
    also: profileKeys,
    handle: async (deps, call) => {
      const { admitted, context, mark, body } = call;
      const before = needProfile(call);
      const state = await act(
        deps,
        { home: admitted.home, state: needUser(admitted).state, context, mark, reason: body.reason },
        call,
      );
      const isChanged = (before.suspended === true) !== (state.suspendedAt !== undefined);
      return answerUser(deps, call, 200, { ...before, version: before.version + Number(isChanged) }, state);
    },
  });

export const handler = sharedDoor({
  listUsers: route({
    body: noBody,
    target: organizationTarget,
    handle: async (deps, { admitted, query, context }) => {
      const { organizationId } = needOrganization(admitted);
      const { limit = mostPerPage, cursor, ...filters } = parse(listUsersQuery, query);
      const { organizationKey } = admitted.home;
      await countLookup(deps, organizationId, context);
      return {
        status: 200,
        body: await listUsers(deps, { organizationKey, filters, limit, ...(cursor === undefined ? {} : { cursor }) }),
      };
    },
  }),
  putUser: route({
    body: putUserRequest,
    target: userTarget,
    also: profileKeys,
    handle: async (deps, call) => {
      const { admitted, body, context, mark, ifMatch } = call;
      const organization = needOrganization(admitted);
      const { userId } = parse(userPath, call.path);
      const input = {
        organization,
        home: admitted.home,
        userId,
        found: foundUser(call),
        fields: body,
        context,
        mark,
        ...readIfMatch(ifMatch),
      };
      const { state, profile, isNew } = await putUser(deps, input);
      return answerUser(deps, call, isNew ? 201 : 200, profile, state);
    },
  }),
  getUser: route({
    body: noBody,
    target: userTarget,
    also: profileKeys,
    handle: (deps, call) =>
      Promise.resolve(answerUser(deps, call, 200, needProfile(call), needUser(call.admitted).state)),
  }),
  eraseUser: route({
    body: noBody,
    target: userTarget,
    also: profileKeys,
    handle: async (deps, call) => {
      const { admitted, context, ifMatch } = call;
      return {
        status: 200,
        body: await eraseUser(deps, { home: admitted.home, found: foundUser(call), context, actor: admitted.actor, ...readIfMatch(ifMatch) }),
      };
    },
  }),
  unlockUser: action((deps, input, call) =>
    unlockUser(deps, { ...input, actor: call.admitted.actor, userRole: needProfile(call).role }),
  ),
  createPageSession: route({
    body: createPageSessionRequest,
    target: (_deps, { body: { organizationId, userId } }) => ({ kind: 'user', organizationId, userId }),
    also: (deps, { body }) => profileKeys(deps, { path: body }),
    handle: async (deps, call) => {
      const { page, returnUrl } = call.body;
      const pagesUrl = readEnvironment(['COUNTERSIGN_PAGES']).COUNTERSIGN_PAGES;
      const { profile } = foundUser(call);
      return { status: 201, body: await createPageSession(deps, call.admitted, { page, returnUrl, pagesUrl, profile, context: call.context }) };
    },
  }),
  listActivity: route({
    body: noBody,
    target: userTarget,
    handle: async (deps, { admitted, query }) => {
      const { organizationId, userId } = needUser(admitted).state;
      const { limit = mostPerPage, ...page } = parse(listActivityQuery, query);
      const { userKey } = admitted.home;
      return { status: 200, body: await listActivity(deps, { userKey, self: `${organizationId}/${userId}`, limit, ...page }) };
    },
  }),
  suspendUser: action((deps, input, call) => suspendUser(deps, { ...input, isSelf: isSelf(call) })),
  resumeUser: action(resumeUser),
  resetUser: action((deps, _input, call) => resetUser(deps, ...resetting(call, needProfile(call)))),
  disableUser: action((deps, _input, call) => disableUser(deps, ...resetting(call, needProfile(call)))),
});
