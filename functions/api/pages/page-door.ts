/**
 * The way in for the hosted pages: from their own address only (A88, A124), with the cookie of a page's session, into the same
 * operations as the API. Whatever goes wrong leaves as a problem, as it does there.
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { pageRoutes, type PageOperation, type PageRoute } from '../../../shared/contract/page-routes.ts';
import { admitPage, type AdmittedPage } from '../../../shared/pages/admit-page.ts';
import type { CookiePlace } from '../../../shared/pages/page-session.ts';
import type { ItemKey } from '../../../shared/platform/dynamo/table.ts';
import type { About } from '../../../shared/sign-in/sign-in-dependencies.ts';
import type { RequestContext } from '../../../shared/user-state/event-item.ts';
import { markRequest } from '../../../shared/user-state/receipts.ts';
import { doorOf, type Answer, type Door } from '../request/api-door.ts';
import { readIdempotencyKey, readPath, readQuery } from '../request/read-request.ts';
import { readBody } from '../request/request-body.ts';
import { getDependencies, type Dependencies } from '../../start/dependencies.ts';
import { checkOrigin } from '../request/own-origin.ts';
import { cookieOf } from '../request/page-cookie.ts';

export interface PageParts<Body> {
  readonly body: Body;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly event: APIGatewayProxyEventV2;
}

export interface PageCall<Body> extends PageParts<Body> {
  readonly page: AdmittedPage;
  /** Everything that an operation on the session's person takes from a request. */
  readonly about: About;
}

/** A row without sessions gets no call, only the request: it makes the session. */
export interface PageHandler<Schema extends z.ZodMiniType = z.ZodMiniType> {
  readonly body: Schema;
  also?(place: CookiePlace, deps: Dependencies, parts: Pick<PageParts<unknown>, 'path'>): readonly ItemKey[];
  handle(deps: Dependencies, call: PageCall<z.infer<Schema>>): Promise<Answer>;
}

export interface OpeningHandler<Schema extends z.ZodMiniType = z.ZodMiniType> {
  readonly body: Schema;
  open(deps: Dependencies, parts: PageParts<z.infer<Schema>>): Promise<Answer>;
}

/** Keep the body's type between schema and handler. */
export const pageHandler = <Schema extends z.ZodMiniType>(description: PageHandler<Schema>): PageHandler => description;
export const openingHandler = <Schema extends z.ZodMiniType>(description: OpeningHandler<Schema>): OpeningHandler => description;

function readContext({ requestContext: { requestId, http } }: APIGatewayProxyEventV2, { client, organization, state }: AdmittedPage): RequestContext {
  return {
    requestId,
    door: 'page',
    clientId: client.clientId,
    actor: `${state.organizationId}/${state.userId}`,
    policyVersion: organization.policy.version,
    ipAddress: http.sourceIp,
    userAgent: http.userAgent,
  };
}

async function respond(route: PageRoute, description: PageHandler | OpeningHandler, event: APIGatewayProxyEventV2): Promise<Answer> {
  checkOrigin(event);
  const deps = await getDependencies();
  const parts = { path: readPath(event), query: readQuery(event), event };
  if ('open' in description) return description.open(deps, { ...parts, body: readBody(description.body, event) });
  const also = (place: CookiePlace): readonly ItemKey[] => description.also?.(place, deps, parts) ?? [];
  const page = await admitPage(deps, { cookie: cookieOf(event), sessions: route.sessions, also });
  const body = readBody(description.body, event);
  const context = readContext(event, page);
  const key = readIdempotencyKey(event);
  const requestId = key === undefined ? `p/${context.requestId}` : `q/${key}`;
  const mark = markRequest(deps.keys, page.client.clientId, requestId, [route.operation, JSON.stringify(parts.path), JSON.stringify(body)]);
  const { home, organization, state } = page;
  return description.handle(deps, { ...parts, body, page, about: { home, organization, state, context, mark } });
}

export type PageHandlers = { readonly [Name in PageOperation]?: PageHandler | OpeningHandler };

export const pageDoor = (handlers: PageHandlers): Door => doorOf<PageRoute, PageHandler | OpeningHandler>(pageRoutes, handlers, respond);
