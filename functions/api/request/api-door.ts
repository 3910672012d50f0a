/**
 * The way in for every API function: read, authorize through the one gate, call one operation, answer. Whatever goes
 * wrong leaves as a problem (RFC 9457); what nobody foresaw leaves as a 500 that says nothing.
 */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { routes, type Operation, type Route } from '../../../shared/contract/routes.ts';
import type { Actor, AdmissionRequest, Admitted, Target } from '../../../shared/clients/admit.ts';
import type { ItemKey } from '../../../shared/platform/dynamo/table.ts';
import { Problem } from '../../../shared/platform/problems/problem.ts';
import { markRequest, type RequestMark } from '../../../shared/user-state/receipts.ts';
import type { RequestContext } from '../../../shared/user-state/event-item.ts';
import { problems, requestLog, toResult, type Answer } from './answer.ts';
import { getDependencies, type Dependencies } from '../../start/dependencies.ts';
import { callerByKey, type Caller } from './caller.ts';
import { recordLook } from './record-look.ts';
import { readContext, recordRefusal } from './record-refusal.ts';
import { readIdempotencyKey, readPath, readQuery } from './read-request.ts';
import { readBody } from './request-body.ts';

export type { Answer } from './answer.ts';
export { callerByKey } from './caller.ts';
export { problemResult } from './answer.ts';

export interface RequestParts<Body> {
  readonly body: Body;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

export interface ApiCall<Body> extends RequestParts<Body> {
  readonly admitted: Admitted;
  readonly context: RequestContext;
  /** This request, recognizable when it comes again. */
  readonly mark: RequestMark;
  readonly idempotencyKey: string | undefined;
  readonly ifMatch: string | undefined;
  readonly event: APIGatewayProxyEventV2;
}

export interface Handler<Schema extends z.ZodMiniType = z.ZodMiniType> {
  readonly body: Schema;
  /** Of the body, when it may be longer than usual. */
  readonly mostBytes?: number;
  /** May throw `not-found` for an id that was never ours: the caller is authenticated all the same. */
  target(deps: Dependencies, parts: RequestParts<z.infer<Schema>>): Target;
  /** More items for the one read, such as what an idempotency key was used for. */
  also?(
    deps: Dependencies,
    parts: RequestParts<z.infer<Schema>>,
    key: string | undefined,
    clientId: string | undefined,
  ): readonly ItemKey[];
  handle(deps: Dependencies, call: ApiCall<z.infer<Schema>>): Promise<Answer>;
}

/** Keeps the body's type between schema and handler. */
export const handler = <Schema extends z.ZodMiniType>(description: Handler<Schema>): Handler =>
  description;

export type Handlers = { readonly [Name in Operation]?: Handler };

interface Request {
  readonly parts: RequestParts<unknown>;
  readonly actor: Actor | undefined;
  readonly idempotencyKey: string | undefined;
}

/** A request is judged before the read that needs its content; a caller without a valid key learns nothing of that. */
async function readRequest(
  deps: Dependencies,
  description: Handler,
  event: APIGatewayProxyEventV2,
  caller: Caller,
  tell: AdmissionRequest['tell'],
): Promise<Request> {
  try {
    const parts = { body: readBody(description.body, event, description.mostBytes), path: readPath(event), query: readQuery(event) };
    return { parts, actor: caller.actor(), idempotencyKey: readIdempotencyKey(event) };
  } catch (error) {
    await caller.admit(deps, { actor: undefined, needs: { scope: 'none' }, target: { kind: 'none' }, ...(tell ? { tell } : {}) });
    throw error;
  }
}

const isNotFound = (error: unknown): error is Problem => error instanceof Problem && error.problem === 'not-found';

interface Located {
  readonly target: Target;
  readonly also: readonly ItemKey[];
  readonly nowhere?: Problem;
}

function locate(work: () => Located): Located {
  try {
    return work();
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return { target: { kind: 'none' }, also: [], nowhere: error };
  }
}

const needsOf = ({ scope, role, self }: Route): AdmissionRequest['needs'] => ({ scope, ...(role ? { role } : {}), ...(self ? { self: true as const } : {}) });

/** One request, whoever asks and however they are known. */
export async function respondTo(route: Route, description: Handler, event: APIGatewayProxyEventV2, caller: Caller): Promise<Answer> {
  const deps = await getDependencies();
  const tellAbout =
    (asActor?: Actor): NonNullable<AdmissionRequest['tell']> =>
    (refused, problem) =>
      recordRefusal(deps, route, refused, readContext(event, caller.door, asActor, refused), problem);
  const { parts, actor, idempotencyKey } = await readRequest(deps, description, event, caller, tellAbout());
  const { nowhere, ...place } = locate(() => ({
    target: description.target(deps, parts),
    also: description.also?.(deps, parts, idempotencyKey, caller.clientId) ?? [],
  }));
  const admitted = await caller.admit(deps, { actor, needs: needsOf(route), tell: tellAbout(actor), isNowhere: nowhere !== undefined, ...place });
  const context = readContext(event, caller.door, admitted.actor, admitted);
  const mark = markRequest(
    deps.keys,
    admitted.client.clientId,
    idempotencyKey === undefined ? `r/${context.requestId}` : `k/${idempotencyKey}`,
    [route.operation, JSON.stringify(parts.path), JSON.stringify(parts.body), caller.mark],
  );
  try {
    if (nowhere) throw nowhere;
    const answered = await description.handle(deps, { ...parts, admitted, context, mark, idempotencyKey, ifMatch: event.headers['if-match'], event });
    await recordLook(deps, route, admitted, context);
    return answered;
  } catch (error) {
    if (error instanceof Problem) await recordRefusal(deps, route, admitted, context, error);
    throw error;
  }
}

const respond = (route: Route, description: Handler, event: APIGatewayProxyEventV2): Promise<Answer> => respondTo(route, description, event, callerByKey(event));

export type Door = (event: APIGatewayProxyEventV2, context: never) => Promise<APIGatewayProxyStructuredResultV2>;

/** What any route has, the API's and the hosted pages' alike. */
interface AnyRoute {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
}

/** Of these routes, each that is described, under the same roof: its problems and its log. */
export function doorOf<R extends AnyRoute, Description>(
  all: readonly R[],
  descriptions: Readonly<Record<string, Description | undefined>>,
  answer: (route: R, description: Description, event: APIGatewayProxyEventV2) => Promise<Answer>,
): Door {
  const byRoute = new Map<string, { route: R; description: Description }>();
  for (const route of all) {
    const description = descriptions[route.operation];
    if (description) byRoute.set(`${route.method} ${route.path}`, { route, description });
  }
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(problems)
    .use(requestLog)
    .handler(async (event) => {
      const found = byRoute.get(event.routeKey);
      if (!found) throw new Problem('not-found');
      return toResult(await answer(found.route, found.description, event));
    });
}

export const apiRoutes = routes as readonly Route[];

/** Of the API's routes. */
export function openDoor<Description>(
  descriptions: { readonly [Name in Operation]?: Description },
  answer: (route: Route, description: Description, event: APIGatewayProxyEventV2) => Promise<Answer>,
): Door {
  return doorOf(apiRoutes, descriptions, answer);
}

export const apiDoor = (handlers: Handlers): Door => openDoor(handlers, respond);

/** For the few routes that anyone may read: no key, no gate. */
export const publicDoor = (handlers: { readonly [Name in Operation]?: () => Promise<Answer> }): Door =>
  openDoor(handlers, (_route, answer) => answer());
