/** The problems of the OpenAPI document: one answer per status, which names every `type` that it may have. */
import {
  problemCatalogue,
  problemType,
  type ProblemName,
} from '../../../shared/platform/problems/problem-catalogue.ts';

type Json = Record<string, unknown>;

export function problemResponses(): Json {
  const names = Object.keys(problemCatalogue) as ProblemName[];
  const statuses = [...new Set(names.map((name) => problemCatalogue[name].status))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const types = names.filter((name) => problemCatalogue[name].status === status);
      const retry =
        status === 429 || status === 503
          ? { headers: { 'Retry-After': { schema: { type: 'integer', minimum: 1 } } } }
          : {};
      const schema = {
        allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { type: { enum: types.map(problemType) } } }],
      };
      const description = types.map((name) => `\`${name}\`: ${problemCatalogue[name].title}.`).join(' ');
      return [
        `Problem${String(status)}`,
        { description, ...retry, content: { 'application/problem+json': { schema } } },
      ];
    }),
  );
}

export const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', format: 'uri' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};
