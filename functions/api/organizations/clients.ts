/** Clients: list them, make one, change one, give it a second key, take a key away. */
import type { Admitted } from '../../../shared/clients/admit.ts';
import { changeClient } from '../../../shared/clients/change-client.ts';
import { needReached, type ClientAuthority } from '../../../shared/clients/client-authority.ts';
import { keyModeOf } from '../../../shared/clients/client-key.ts';
import { viewClient } from '../../../shared/clients/client-view.ts';
import { clientItemKey, fromClientItem, type Client } from '../../../shared/clients/client.ts';
import { createClient, type NewClient } from '../../../shared/clients/create-client.ts';
import { listClients } from '../../../shared/clients/list-clients.ts';
import { addClientKey, removeClientKey, type AddedClientKey } from '../../../shared/clients/rotate-client-key.ts';
import { toTimestamp } from '../../../shared/platform/clock.ts';
import { readEnvironment } from '../../../shared/platform/config/environment.ts';
import type { ItemKey } from '../../../shared/platform/dynamo/table.ts';
import type { Dependencies } from '../../start/dependencies.ts';
import { handler as route, type Answer, type ApiCall, type Handlers, type RequestParts } from '../request/api-door.ts';
import { idempotent } from '../request/idempotent.ts';
import { readIfMatch, toEntityTag } from '../request/read-request.ts';
import { parse } from '../request/request-body.ts';
import { changeClientRequest, createClientRequest } from '../wire/clients.ts';
import { listQuery, mostPerPage } from '../wire/lists.ts';
import { noBody } from '../wire/names.ts';

const keyMode = () => keyModeOf(readEnvironment(['COUNTERSIGN_STAGE']).COUNTERSIGN_STAGE);

const authorityOf = ({ client, actor }: Admitted): ClientAuthority => ({
  client,
  ...(actor ? { actorOrganizationId: actor.organizationId } : {}),
});

const clientKeyOf = (_deps: Dependencies, { path }: RequestParts<unknown>): readonly ItemKey[] => [
  clientItemKey(path['clientId'] ?? ''),
];

/** The client that the path names, as the request's one read found it. */
function targetOf({ admitted }: ApiCall<unknown>): Client | undefined {
  const [item] = admitted.also;
  return item && fromClientItem(item);
}

/** Shown here, this once. */
const shownOnce = (firstFactorSecret: string | undefined): object => (firstFactorSecret === undefined ? {} : { firstFactorSecret });

const createdAnswer = ({ client, secretText, firstFactorSecret }: NewClient): Answer => ({
  status: 201,
  body: { ...viewClient(client), clientKey: secretText, ...shownOnce(firstFactorSecret) },
  headers: { etag: toEntityTag(client.version) },
});

const keyAnswer = ({ clientId, keyId, createdAt, secretText }: AddedClientKey): Answer => ({
  status: 201,
  body: { clientId, keyId, createdAt: toTimestamp(createdAt), clientKey: secretText },
});

export const clientHandlers = {
  listClients: route({
    body: noBody,
    target: () => ({ kind: 'none' }),
    handle: async (deps, { admitted, query }) => {
      const { limit = mostPerPage, ...rest } = parse(listQuery, query);
      const { clients, ...next } = await listClients(deps, { authority: authorityOf(admitted), limit, ...rest });
      return { status: 200, body: { clients: clients.map(viewClient), ...next } };
    },
  }),
  getClient: route({
    body: noBody,
    target: () => ({ kind: 'none' }),
    also: clientKeyOf,
    handle: async (deps, call) => {
      const client = await needReached(deps, authorityOf(call.admitted), targetOf(call));
      return { status: 200, body: viewClient(client), headers: { etag: toEntityTag(client.version) } };
    },
  }),
  createClient: idempotent({
    body: createClientRequest,
    target: () => ({ kind: 'none' }),
    handle: async (deps, { admitted, body, context }, remember) => {
      const input = { authority: authorityOf(admitted), keyMode: keyMode(), fields: body, context };
      return createdAnswer(await createClient(deps, { ...input, remember: (made) => remember(createdAnswer(made)) }));
    },
  }),
  changeClient: route({
    body: changeClientRequest,
    target: () => ({ kind: 'none' }),
    also: clientKeyOf,
    handle: async (deps, call) => {
      const { admitted, body, context, ifMatch } = call;
      const input = {
        authority: authorityOf(admitted),
        keyMode: keyMode(),
        target: targetOf(call),
        fields: body,
        context,
        ...readIfMatch(ifMatch),
      };
      const { client, firstFactorSecret } = await changeClient(deps, input);
      return { status: 200, body: { ...viewClient(client), ...shownOnce(firstFactorSecret) }, headers: { etag: toEntityTag(client.version) } };
    },
  }),
  createClientKey: idempotent({
    body: noBody,
    target: () => ({ kind: 'none' }),
    also: clientKeyOf,
    handle: async (deps, call, remember) => {
      const input = {
        authority: authorityOf(call.admitted),
        target: targetOf(call),
        keyMode: keyMode(),
        context: call.context,
      };
      return keyAnswer(await addClientKey(deps, { ...input, remember: (added) => remember(keyAnswer(added)) }));
    },
  }),
  removeClientKey: route({
    body: noBody,
    target: () => ({ kind: 'none' }),
    also: clientKeyOf,
    handle: async (deps, call) => {
      const { admitted, path, context } = call;
      await removeClientKey(deps, {
        authority: authorityOf(admitted),
        target: targetOf(call),
        keyId: path['keyId'] ?? '',
        context,
      });
      return { status: 204 };
    },
  }),
} satisfies Handlers;
