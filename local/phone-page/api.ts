/** The JSON API of the phone page: what a person does with the page, for tests and scripts. */
import type { IncomingMessage } from 'node:http';

import { channels, OutboxError, type Channel, type Outbox } from '../outbox/outbox.ts';
import { CallError, type Connect } from '../telephone/connect.ts';
import { callFaultsBody, clockBody, keysBody, messageFaultsBody, noBody, replyBody } from './api-bodies.ts';
import { PageProblem } from './problem.ts';
import { readJsonBody } from './read-json-body.ts';

export interface ApiDependencies {
  readonly connect: Connect;
  readonly outbox: Outbox;
  advanceClock(seconds: number): void;
  now(): number;
}

interface ApiRequest {
  readonly request: IncomingMessage;
  readonly query: URLSearchParams;
  /** The path's own parts: the id and, for a call, what to do with it. */
  readonly parts: readonly string[];
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

interface ApiRoute {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  respond(deps: ApiDependencies, request: ApiRequest): Promise<ApiAnswer>;
}

/** Unescaped, the + of a number or an address arrives as a space. */
function readTo(query: URLSearchParams): string | undefined {
  for (const name of query.keys()) if (name !== 'to') throw new PageProblem(400, `There is no parameter "${name}".`);
  const to = query.get('to');
  if (to === '') throw new PageProblem(400, 'The parameter "to" is empty.');
  return to?.replaceAll(' ', '+');
}

const callActions = {
  answer: 'answer',
  ignore: 'ignore',
  busy: 'busy',
  voicemail: 'voicemail',
  'hang-up': 'hangUp',
} as const satisfies Record<string, keyof Connect>;

async function actOnCall({ connect }: ApiDependencies, { request, parts }: ApiRequest): Promise<ApiAnswer> {
  const [callId = '', action = ''] = parts;
  await readJsonBody(request, noBody);
  return { status: 200, body: await connect[callActions[action as keyof typeof callActions]](callId) };
}

async function replyTo({ outbox }: ApiDependencies, { request, parts: [id = ''] }: ApiRequest): Promise<ApiAnswer> {
  const { text, from, to } = await readJsonBody(request, replyBody);
  const answer = { text, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const reply = outbox.reply(id, answer);
  if (!reply) throw new PageProblem(404, 'There is no such message.');
  return { status: 202, body: reply };
}

async function disturb(deps: ApiDependencies, { request, parts: [carrier = ''] }: ApiRequest): Promise<ApiAnswer> {
  const schema = carrier === 'call' ? callFaultsBody : messageFaultsBody;
  const asked = await readJsonBody<Record<string, unknown>>(request, schema);
  const faults = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  if (carrier === 'call') deps.connect.setFault(faults);
  else deps.outbox.setFault(carrier as Channel, faults);
  return { status: 200, body: { carrier, ...faults } };
}

async function moveClock(deps: ApiDependencies, { request }: ApiRequest): Promise<ApiAnswer> {
  const { advanceSeconds } = await readJsonBody(request, clockBody);
  deps.advanceClock(advanceSeconds);
  return { status: 200, body: { now: new Date(deps.now()).toISOString() } };
}

const apiRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: /^\/api\/calls$/,
    respond: async ({ connect }, { query }) => ({ status: 200, body: connect.calls(readTo(query)) }),
  },
  {
    method: 'GET',
    path: /^\/api\/messages$/,
    respond: async ({ outbox }, { query }) => ({ status: 200, body: outbox.list(readTo(query)) }),
  },
  {
    method: 'POST',
    path: new RegExp(`^/api/calls/([^/]+)/(${Object.keys(callActions).join('|')})$`),
    respond: actOnCall,
  },
  {
    method: 'POST',
    path: /^\/api\/calls\/([^/]+)\/keys$/,
    respond: async ({ connect }, { request, parts: [callId = ''] }) => {
      const { keys } = await readJsonBody(request, keysBody);
      return { status: 200, body: await connect.keys(callId, keys) };
    },
  },
  { method: 'POST', path: /^\/api\/messages\/([^/]+)\/reply$/, respond: replyTo },
  { method: 'POST', path: new RegExp(`^/api/carriers/(${[...channels, 'call'].join('|')})$`), respond: disturb },
  { method: 'POST', path: /^\/api\/clock$/, respond: moveClock },
];

function toProblem(error: unknown): unknown {
  if (error instanceof CallError) {
    const status = { 'call-not-found': 404, 'call-not-ready': 409, 'keys-not-valid': 400 }[error.name];
    return new PageProblem(status, error.message);
  }
  return error instanceof OutboxError ? new PageProblem(error.status, error.message) : error;
}

/** Answers one request to `/api/…`; throws {@link PageProblem} for what it refuses. */
export async function respondToApi(deps: ApiDependencies, request: IncomingMessage, url: URL): Promise<ApiAnswer> {
  const onPath = apiRoutes.filter(({ path }) => path.test(url.pathname));
  if (onPath.length === 0) throw new PageProblem(404, 'There is nothing at this address.');
  const route = onPath.find(({ method }) => method === request.method);
  const allow = onPath.map(({ method }) => method).join(', ');
  if (!route) throw new PageProblem(405, `This address takes ${allow}.`, { allow });
  const parts = route.path.exec(url.pathname)?.slice(1) ?? [];
  try {
    return await route.respond(deps, { request, query: url.searchParams, parts });
  } catch (error) {
    throw toProblem(error);
  }
}
