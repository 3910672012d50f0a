/** What resetting a user, and turning confirmation off, takes from a request: whom it is about, and who asks. */
import { needUser } from '../../../shared/clients/admit.ts';
import type { ResetUserInput } from '../../../shared/enrollment/invitations/reset-user.ts';
import { readOptional } from '../../../shared/platform/config/environment.ts';
import type { About } from '../../../shared/sign-in/sign-in-dependencies.ts';
import type { Profile } from '../../../shared/users/profile.ts';
import type { ApiCall } from '../request/api-door.ts';

export function resetting({ admitted, body, context, mark }: ApiCall<{ reason: string }>, profile: Profile): [About, ResetUserInput] {
  const about: About = { home: admitted.home, ...needUser(admitted), context, mark, profile };
  const canMail = readOptional('COUNTERSIGN_MAIL_FROM') !== undefined;
  return [about, { reason: body.reason, actor: admitted.actor, client: admitted.client, canMail }];
}
