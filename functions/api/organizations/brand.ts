/** An organization's color and logo: read, put. */
import { needOrganization } from '../../../shared/clients/admit.ts';
import { findBrand, putBrand, type FoundBrand } from '../../../shared/organizations/brand/brand.ts';
import { handler as route, type Answer, type Handlers } from '../request/api-door.ts';
import { readIfMatch, toEntityTag } from '../request/read-request.ts';
import { organizationTarget } from '../request/targets.ts';
import { brandRequest, mostBrandBytes } from '../wire/brand.ts';
import { noBody } from '../wire/names.ts';

const answer = ({ brand, version }: FoundBrand): Answer => ({ status: 200, body: brand, headers: { etag: toEntityTag(version) } });

export const brandHandlers = {
  getBrand: route({
    body: noBody,
    target: organizationTarget,
    handle: async (deps, { admitted }) => answer(await findBrand(deps, needOrganization(admitted))),
  }),
  putBrand: route({
    body: brandRequest,
    mostBytes: mostBrandBytes,
    target: organizationTarget,
    handle: async (deps, { admitted, body, context, ifMatch }) =>
      answer(await putBrand(deps, { organization: needOrganization(admitted), brand: body, context, ...readIfMatch(ifMatch) })),
  }),
} satisfies Handlers;
