/** A change of policy, rehearsed: the same request as the change itself, and nothing is changed. */
import { needOrganization } from '../../../shared/clients/admit.ts';
import { countRehearsal } from '../../../shared/audit/count-lookup.ts';
import { rehearsePolicy } from '../../../shared/sign-in/rehearsal/rehearse-policy.ts';
import { handler as route, type Handlers } from '../request/api-door.ts';
import { readIfMatch } from '../request/read-request.ts';
import { parse } from '../request/request-body.ts';
import { organizationTarget } from '../request/targets.ts';
import { policyChange } from '../wire/policy.ts';
import { rehearsalQuery } from '../wire/rehearsal.ts';
import { authorityOf, splitPolicy } from './change-request.ts';

export const rehearsalHandlers = {
  rehearsePolicy: route({
    body: policyChange,
    target: organizationTarget,
    handle: async (deps, { admitted, body, query, ifMatch, context }) => {
      const organization = needOrganization(admitted);
      await countRehearsal(deps, organization.organizationId, context);
      const input = { organization, changes: splitPolicy(body), authority: authorityOf(admitted), ...readIfMatch(ifMatch), ...parse(rehearsalQuery, query) };
      return { status: 200, body: await rehearsePolicy(deps, input) };
    },
  }),
} satisfies Handlers;
