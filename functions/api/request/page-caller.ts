/** The person of a page's session, who asks the API's own operations from there: known by the cookie, and proved where that is asked. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { sharedRoutes, type SharedRoute } from '../../../shared/contract/page-routes.ts';
import type { Route } from '../../../shared/contract/routes.ts';
import { admitOperation } from '../../../shared/pages/admit-operation.ts';
import { readCookie } from '../../../shared/pages/page-session.ts';
import { doorOf, respondTo, callerByKey, apiRoutes, type Answer, type Door, type Handler, type Handlers } from './api-door.ts';
import type { Caller } from './caller.ts';
import { checkOrigin } from './own-origin.ts';
import { cookieOf } from './page-cookie.ts';

const proofHeader = 'countersign-proof';

function callerByCookie(event: APIGatewayProxyEventV2, route: SharedRoute): Caller {
  const cookie = cookieOf(event);
  const place = cookie === undefined ? undefined : readCookie(cookie);
  const proof = route.proof ? { proof: { challengeId: event.headers[proofHeader], for: route.proof } } : {};
  return {
    clientId: place?.clientId,
    mark: `page/${place?.userKey ?? ''}`,
    door: 'page',
    actor: () => undefined,
    admit: (deps, { actor: _actor, ...request }) => admitOperation(deps, { ...request, ...proof, cookie, pages: route.pages }),
  };
}

const isShared = (route: Route | SharedRoute): route is SharedRoute => route.path.startsWith('/page/');

function answer(route: Route | SharedRoute, description: Handler, event: APIGatewayProxyEventV2): Promise<Answer> {
  if (!isShared(route)) return respondTo(route, description, event, callerByKey(event));
  checkOrigin(event);
  return respondTo(route, description, event, callerByCookie(event, route));
}

/** A door for portals and for pages: what a row of the routes shares with pages answers both alike. */
export const sharedDoor = (handlers: Handlers): Door => doorOf<Route | SharedRoute, Handler>([...apiRoutes, ...sharedRoutes], handlers, answer);
