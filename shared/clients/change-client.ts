/** Changes what a client is called and what it may do, and takes it out of service. */
import type { Scope } from '../contract/routes.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { needManaged, refuseEscalation, type ClientAuthority } from './client-authority.ts';
import type { Client } from './client.ts';
import { changeClientItem, type ClientDependencies } from './save-client.ts';

export interface ClientFields {
  readonly name?: string;
  readonly scopes?: readonly Scope[];
  readonly audiences?: readonly string[];
  readonly returnUrls?: readonly string[];
  readonly disabled?: boolean;
}

export interface ChangeClientInput {
  readonly authority: ClientAuthority;
  /** As it was read; absent when there is none. */
  readonly target: Client | undefined;
  readonly fields: ClientFields;
  readonly context: RequestContext;
  readonly ifVersion?: number;
}

const names = ['name', 'scopes', 'audiences', 'returnUrls', 'disabled'] as const;

export async function changeClient(deps: ClientDependencies, input: ChangeClientInput): Promise<Client> {
  const { authority, fields, context, ifVersion } = input;
  const client = await needManaged(deps, authority, input.target);
  return changeClientItem(deps, {
    client,
    context,
    ...(ifVersion === undefined ? {} : { ifVersion }),
    decide: (read) => {
      const next: Client = { ...read, ...fields };
      refuseEscalation(authority, next);
      const changed = names.filter((name) => JSON.stringify(next[name]) !== JSON.stringify(read[name]));
      if (changed.length === 0) return undefined;
      const { clientId, scopes, audiences, disabled } = next;
      return {
        next,
        event: { kind: 'client-changed', detail: { client: clientId, changed, scopes, audiences, disabled } },
      };
    },
  });
}
