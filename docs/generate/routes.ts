/** The routes of shared/contract/routes.ts, as a table. */
import { routes, type Route } from '../../shared/contract/routes.ts';

function roleOf({ scope, role, self }: Route): string {
  if (scope === 'none') return 'anyone';
  if (role === undefined) return `\`${scope}\``;
  return `\`${scope}\`; \`${role}\`${self ? ' or oneself' : ''}`;
}

export function routesTable(): string {
  const rows = (routes as readonly Route[]).map((route) => `| \`${route.method} ${route.path}\` | ${route.operation} | ${roleOf(route)} |`);
  return ['| route | operation | scope; least role of an actor |', '|---|---|---|', ...rows].join('\n');
}
