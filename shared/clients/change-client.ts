/** Changes what a client is called and what it may do, and takes it out of service. */
import type { Scope } from '../contract/routes.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { needManaged, refuseEscalation, type ClientAuthority } from './client-authority.ts';
import type { KeyMode } from './client-key.ts';
import type { Client } from './client.ts';
import { checkedAt, needCheckAddress, newFirstFactorSecret, renewCheck, type FirstFactorAddresses, type NewFirstFactorSecret } from './first-factor-check.ts';
import { changeClientItem, type ClientDependencies } from './save-client.ts';

export interface ClientFields {
  readonly name?: string;
  readonly scopes?: readonly Scope[];
  readonly audiences?: readonly string[];
  readonly returnUrls?: readonly string[];
  readonly disabled?: boolean;
  /** Always with a new secret; null takes the check away. */
  readonly firstFactorCheck?: FirstFactorAddresses | null;
}

export interface ChangeClientInput {
  readonly authority: ClientAuthority;
  readonly keyMode: KeyMode;
  /** As it was read; absent when there is none. */
  readonly target: Client | undefined;
  readonly fields: ClientFields;
  readonly context: RequestContext;
  readonly ifVersion?: number;
}

export interface ChangedClient {
  readonly client: Client;
  /** Of its first-factor check, when that was changed: the only time that it is there to be seen. */
  readonly firstFactorSecret?: string;
}

const names = ['name', 'scopes', 'audiences', 'returnUrls', 'disabled'] as const;

interface NextClient {
  readonly next: Client;
  readonly changed: readonly string[];
}

function nextClient(read: Client, { firstFactorCheck, ...fields }: ClientFields, secret: NewFirstFactorSecret | undefined): NextClient {
  const { firstFactorCheck: before, ...rest } = { ...read, ...fields };
  const check = firstFactorCheck && secret ? renewCheck(before, firstFactorCheck, secret) : firstFactorCheck === null ? undefined : before;
  const next: Client = { ...rest, ...(check ? { firstFactorCheck: check } : {}) };
  const changed = names.filter((name) => JSON.stringify(next[name]) !== JSON.stringify(read[name]));
  return { next, changed: check === before ? changed : [...changed, 'firstFactorCheck'] };
}

export async function changeClient(deps: ClientDependencies, input: ChangeClientInput): Promise<ChangedClient> {
  const { authority, keyMode, fields, context, ifVersion } = input;
  const managed = await needManaged(deps, authority, input.target);
  if (fields.firstFactorCheck) needCheckAddress(fields.firstFactorCheck, keyMode === 'test');
  const secret = fields.firstFactorCheck ? newFirstFactorSecret(deps.keys, managed.clientId, deps.random) : undefined;
  const client = await changeClientItem(deps, {
    client: managed,
    context,
    ...(ifVersion === undefined ? {} : { ifVersion }),
    decide: (read) => {
      const { next, changed } = nextClient(read, fields, secret);
      refuseEscalation(authority, next);
      if (changed.length === 0) return undefined;
      const { clientId, scopes, audiences, disabled } = next;
      return {
        next,
        event: { kind: 'client-changed', detail: { client: clientId, changed, scopes, audiences, disabled, ...checkedAt(next) } },
      };
    },
  });
  return { client, ...(secret ? { firstFactorSecret: secret.text } : {}) };
}
