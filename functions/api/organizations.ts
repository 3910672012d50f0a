/** Organizations, their policies, their audit lists and the clients that act for them. */
import { listAudit } from '../../shared/audit/list-audit.ts';
import { installationTrail } from '../../shared/audit/trail.ts';
import { Problem } from '../../shared/platform/problems/problem.ts';
import { needOrganization } from '../../shared/clients/admit.ts';
import { resumeApplying } from '../../shared/organizations/apply-to-children.ts';
import { rootOf, setterOf } from '../../shared/organizations/authority.ts';
import { listOrganizations } from '../../shared/organizations/list-organizations.ts';
import { readOrganizations } from '../../shared/organizations/organization-store.ts';
import type { Organization } from '../../shared/organizations/organization.ts';
import { viewOrganization, viewPolicy } from '../../shared/organizations/organization-view.ts';
import { putOrganization, type PutOrganizationInput } from '../../shared/organizations/put-organization.ts';
import type { Dependencies } from '../start/dependencies.ts';
import { brandHandlers } from './organizations/brand.ts';
import { authorityOf, splitPolicy } from './organizations/change-request.ts';
import { clientHandlers } from './organizations/clients.ts';
import { orderHandlers } from './organizations/orders.ts';
import { rehearsalHandlers } from './organizations/rehearsal.ts';
import { handler as route, type Answer, type ApiCall } from './request/api-door.ts';
import { sharedDoor } from './request/page-caller.ts';
import { readIfMatch, toEntityTag } from './request/read-request.ts';
import { parse } from './request/request-body.ts';
import { organizationTarget } from './request/targets.ts';
import { listQuery, mostPerPage } from './wire/lists.ts';
import { monthCosts } from '../../shared/spend/month-costs.ts';
import { auditQuery, costsQuery, emptyRequest, newOrganizationId, putOrganizationRequest } from './wire/organizations.ts';
import { policyChange } from './wire/policy.ts';

const tagged = (status: number, organization: Organization, body: unknown): Answer => ({
  status,
  body,
  headers: { etag: toEntityTag(organization.version) },
});

/** What every change of an organization takes from its request. */
function requestOf({ admitted, path, context, ifMatch }: ApiCall<unknown>): Omit<PutOrganizationInput, 'changes'> {
  const { organization } = admitted;
  const organizationId = path['organizationId'] ?? '';
  return { organizationId, organization, authority: authorityOf(admitted), context, ...readIfMatch(ifMatch) };
}

/** With what its parent sets, or is still setting. */
async function answerPolicy(deps: Dependencies, call: ApiCall<unknown>, found: Organization): Promise<Answer> {
  const { organizationId, parentId } = found;
  const { requestId } = call.context;
  const [parent] = await readOrganizations(deps, parentId === undefined ? [] : [parentId]);
  const organization = await resumeApplying(deps, found, requestId);
  const answer = (own: Organization): Answer =>
    tagged(200, own, viewPolicy(own, parent, setterOf(authorityOf(call.admitted))));
  if (!parent?.applying) return answer(organization);
  await resumeApplying(deps, parent, requestId);
  const [own = organization] = await readOrganizations(deps, [organizationId]);
  return answer(own);
}

async function answerAudit(deps: Dependencies, { query }: ApiCall<unknown>, organizationKey: string): Promise<Answer> {
  const { limit = mostPerPage, cursor, from, to, ...names } = parse(auditQuery, query);
  const filters = {
    ...names,
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
  };
  const page = { organizationKey, filters, limit, ...(cursor === undefined ? {} : { cursor }) };
  return { status: 200, body: await listAudit(deps, page) };
}

export const handler = sharedDoor({
  ...clientHandlers,
  ...orderHandlers,
  ...rehearsalHandlers,
  ...brandHandlers,
  listOrganizations: route({
    body: emptyRequest,
    target: () => ({ kind: 'none' }),
    handle: async (deps, { admitted, query }) => {
      const { limit = mostPerPage, ...rest } = parse(listQuery, query);
      const { organizations, ...next } = await listOrganizations(deps, {
        authority: authorityOf(admitted),
        limit,
        ...rest,
      });
      return { status: 200, body: { organizations: organizations.map(viewOrganization), ...next } };
    },
  }),
  putOrganization: route({
    body: putOrganizationRequest,
    target: organizationTarget,
    handle: async (deps, call) => {
      const { parentId, policy, ...changes } = call.body;
      const request = requestOf(call);
      if (!request.organization) parse(newOrganizationId, request.organizationId);
      const place = parentId === undefined ? {} : { parentId };
      const result = await putOrganization(deps, {
        ...request,
        ...place,
        changes: { ...changes, ...(policy ? splitPolicy(policy) : {}) },
      });
      return tagged(result.isNew ? 201 : 200, result.organization, viewOrganization(result.organization));
    },
  }),
  getOrganization: route({
    body: emptyRequest,
    target: organizationTarget,
    handle: async (deps, { admitted, context }) => {
      const organization = await resumeApplying(deps, needOrganization(admitted), context.requestId);
      return tagged(200, organization, viewOrganization(organization));
    },
  }),
  getPolicy: route({
    body: emptyRequest,
    target: organizationTarget,
    handle: async (deps, call) => answerPolicy(deps, call, needOrganization(call.admitted)),
  }),
  changePolicy: route({
    body: policyChange,
    target: organizationTarget,
    handle: async (deps, call) => {
      needOrganization(call.admitted);
      const { organization } = await putOrganization(deps, { ...requestOf(call), changes: splitPolicy(call.body) });
      return answerPolicy(deps, call, organization);
    },
  }),
  getCosts: route({
    body: emptyRequest,
    target: organizationTarget,
    handle: async (deps, call) => {
      needOrganization(call.admitted);
      const { month = new Date(deps.clock.now()).toISOString().slice(0, 7) } = parse(costsQuery, call.query);
      return { status: 200, body: await monthCosts(deps.table, call.admitted.home.organizationKey, month) };
    },
  }),
  listAudit: route({
    body: emptyRequest,
    target: organizationTarget,
    handle: (deps, call) => {
      needOrganization(call.admitted);
      return answerAudit(deps, call, call.admitted.home.organizationKey);
    },
  }),
  listInstallationAudit: route({
    body: emptyRequest,
    target: () => ({ kind: 'none' }),
    handle: (deps, call) => {
      if (rootOf(authorityOf(call.admitted)) !== undefined) throw new Problem('not-permitted', { because: 'subtree' });
      return answerAudit(deps, call, installationTrail);
    },
  }),
});
