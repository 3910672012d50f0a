/** Holds an answer against the description that the service publishes of its route. */
import { operationSchemas } from '../../functions/api/wire/operation-schemas.ts';
import { routes, type Operation, type Route } from '../../shared/contract/routes.ts';
import { problemCatalogue, problemType, type ProblemName } from '../../shared/platform/problems/problem-catalogue.ts';

const compiled = (routes as readonly Route[]).map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
}));

const types = new Map(Object.keys(problemCatalogue).map((name) => [problemType(name as ProblemName), problemCatalogue[name as ProblemName].status]));

export const answered = new Set<Operation>();

export function assertDescribed(method: string, path: string, status: number, body: unknown): void {
  const [pathOnly = ''] = path.split('?');
  const found = compiled.find(({ route, pattern }) => route.method === method && pattern.test(pathOnly));
  if (!found) return;
  const operation = found.route.operation as Operation;
  const shapes = operationSchemas[operation];
  const where = `${method} ${found.route.path} → ${String(status)}`;
  if (status >= 400) {
    const { type } = (body ?? {}) as { type?: string };
    if (types.get(type ?? '') !== status) throw new Error(`${where}: not a problem of the catalogue: ${JSON.stringify(body)}`);
    return;
  }
  answered.add(operation);
  if (status !== shapes.status && status !== shapes.createdStatus) throw new Error(`${where}: described as ${String(shapes.status)}`);
  const result = shapes.response?.safeParse(body);
  if (result && !result.success) throw new Error(`${where}: not as described: ${JSON.stringify(result.error.issues)}`);
}
