/** Resets a user who lost their factors, and turns confirmation off: what an administrator does to a user, for a reason. */
import { needUser } from '../../../shared/clients/admit.ts';
import { disableUser, resetUser, type ResetUserInput } from '../../../shared/enrollment/invitations/reset-user.ts';
import { readOptional } from '../../../shared/platform/config/environment.ts';
import type { About } from '../../../shared/sign-in/sign-in-dependencies.ts';
import type { UserState } from '../../../shared/user-state/user-state.ts';
import type { Profile } from '../../../shared/users/profile.ts';
import type { Dependencies } from '../../start/dependencies.ts';
import type { ApiCall, Handler } from '../request/api-door.ts';

type ReasonCall = ApiCall<{ reason: string }>;
type Act = (deps: Dependencies, input: unknown, call: ReasonCall) => Promise<UserState>;
type ProfileOf = (call: ReasonCall) => Profile;

const inputOf = ({ admitted, body }: ReasonCall): ResetUserInput => ({
  reason: body.reason,
  actor: admitted.actor,
  client: admitted.client,
  canMail: readOptional('COUNTERSIGN_MAIL_FROM') !== undefined,
});

/** `action` answers with the user as they are afterwards. */
export const resettingHandlers = (action: (act: Act) => Handler, profileOf: ProfileOf) => {
  const aboutOf = (call: ReasonCall): About => {
    const { admitted, context, mark } = call;
    return { home: admitted.home, ...needUser(admitted), context, mark, profile: profileOf(call) };
  };
  return {
    resetUser: action((deps, _input, call) => resetUser(deps, aboutOf(call), inputOf(call))),
    disableUser: action((deps, _input, call) => disableUser(deps, aboutOf(call), inputOf(call))),
  };
};
