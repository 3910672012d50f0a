/** The OpenAPI 3.1 document: made of the routes, of the schemas that judge requests, and of the problem catalogue. */
import * as z from 'zod/mini';
import { routes, type Operation, type Route } from '../../../shared/contract/routes.ts';
import { serviceVersion } from '../../../shared/contract/version.ts';
import { problemResponses, problemSchema } from './openapi-problems.ts';
import { operationSchemas } from './operation-schemas.ts';

type Json = Record<string, unknown>;

/** Operations that remember their answer under an idempotency key, or recognize the request in the user's state. */
const idempotentMethods = ['POST'];

function toJsonSchema(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
}

/** A body may be left out where an empty one would do. */
const needsBody = (request: z.ZodMiniType): boolean => !request.safeParse({}).success;

const named = (operation: string, part: 'Request' | 'Response'): string =>
  `${operation.charAt(0).toUpperCase()}${operation.slice(1)}${part}`;

const reference = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${name}` });

function headersOf(route: Route): Json[] {
  if (route.scope === 'none') return [];
  return [
    reference('parameters', 'Actor'),
    ...(idempotentMethods.includes(route.method) ? [reference('parameters', 'IdempotencyKey')] : []),
    ...(route.method === 'PUT' || route.method === 'PATCH' ? [reference('parameters', 'IfMatch')] : []),
  ];
}

function pathParametersOf({ path }: Route): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', maxLength: 200 },
  }));
}

function queryParametersOf(operation: Operation): Json[] {
  const { query } = operationSchemas[operation];
  if (!query) return [];
  const { properties = {}, required = [] } = toJsonSchema(query, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

/** Any operation may meet these; which one it was, `type` says. */
function problemResponsesOf(route: Route): Json {
  if (route.scope === 'none') return { '503': reference('responses', 'Problem503') };
  const always = [400, 401, 403, 404, 500, 503];
  const changing = route.method === 'GET' ? [] : [409, 410, 412, 413, 415, 422, 429];
  return Object.fromEntries(
    [...always, ...changing].map((status) => [String(status), reference('responses', `Problem${String(status)}`)]),
  );
}

function successOf(operation: Operation): Json {
  const { response, csv, status, createdStatus } = operationSchemas[operation];
  const content = response
    ? {
        content: {
          'application/json': { schema: reference('schemas', named(operation, 'Response')) },
          ...(csv ? { 'text/csv': { schema: { type: 'string' } } } : {}),
        },
      }
    : {};
  const answers = [
    { status, description: 'Done.' },
    ...(createdStatus === undefined ? [] : [{ status: createdStatus, description: 'Created.' }]),
  ];
  return Object.fromEntries(
    answers.map((answer) => [String(answer.status), { description: answer.description, ...content }]),
  );
}

const roleOf = ({ role, self }: Route): string =>
  role ? `; of an actor, the role \`${role}\`${self ? ', or to be the user' : ''}` : '';

function describeOperation(route: Route): Json {
  const operation = route.operation as Operation;
  const { request } = operationSchemas[operation];
  const parameters = [...pathParametersOf(route), ...queryParametersOf(operation), ...headersOf(route)];
  const hasBody = request !== undefined && route.method !== 'GET';
  return {
    operationId: operation,
    ...(route.scope === 'none'
      ? { security: [] }
      : {
          description: `Needs the scope \`${route.scope}\`${roleOf(route)}.`,
        }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody
      ? {
          requestBody: {
            required: needsBody(request),
            content: { 'application/json': { schema: reference('schemas', named(operation, 'Request')) } },
          },
        }
      : {}),
    responses: { ...successOf(operation), ...problemResponsesOf(route) },
  };
}

const headerParameters: Json = {
  Actor: {
    name: 'Countersign-Actor',
    in: 'header',
    required: false,
    schema: { type: 'string' },
    description: 'The signed-in person for whom the client acts: `<organizationId>/<userId>`, each percent-encoded.',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    description: 'The same key and body get the same answer and one effect, for a day.',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    schema: { type: 'string' },
    description: 'The `ETag` of an earlier answer: refused with 412 when it was changed since.',
  },
};

function schemas(): Json {
  const made: Json = { Problem: problemSchema };
  for (const [operation, { request, response }] of Object.entries(operationSchemas)) {
    if (request) made[named(operation, 'Request')] = toJsonSchema(request, 'input');
    if (response) made[named(operation, 'Response')] = toJsonSchema(response, 'output');
  }
  return made;
}

/** `issuer` is the base address of the stage. */
export function openApiDocument(issuer: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes as readonly Route[]) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describeOperation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Countersign',
      version: serviceVersion,
      description: 'Multi-factor authentication for portals and VPNs.',
    },
    servers: [{ url: issuer }],
    security: [{ clientKey: [] }],
    paths,
    components: {
      schemas: schemas(),
      parameters: headerParameters,
      responses: problemResponses(),
      securitySchemes: {
        clientKey: { type: 'http', scheme: 'bearer', description: 'A client key, `cs_live_…` or `cs_test_…`.' },
      },
    },
  };
}
