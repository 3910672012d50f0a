/** The stock of hardware tokens: import, progress and report, list, remove. */
import { needOrganization } from '../../shared/clients/admit.ts';
import { keyedHash } from '../../shared/platform/crypto/keyed-hash.ts';
import type { ItemKey } from '../../shared/platform/dynamo/table.ts';
import { organizationKeyOf } from '../../shared/platform/object-id.ts';
import { Problem } from '../../shared/platform/problems/problem.ts';
import { addPart, startImport, type ImportRequest, type PartInput } from '../../shared/tokens/import-tokens.ts';
import { listTokens } from '../../shared/tokens/list-tokens.ts';
import { removeToken } from '../../shared/tokens/remove-token.ts';
import { fromImportItem, importKey, readReport, reportKey, viewImport, type TokenImport } from '../../shared/tokens/stock/token-import.ts';
import { putVipAccount, removeVipAccount, viewVipAccount, vipAccountKey } from '../../shared/tokens/vip/vip-account.ts';
import type { Dependencies } from '../start/dependencies.ts';
import { handler as route, type ApiCall, type RequestParts } from './request/api-door.ts';
import { sharedDoor } from './request/page-caller.ts';
import { parse } from './request/request-body.ts';
import { organizationTarget } from './request/targets.ts';
import { mostPerPage } from './wire/lists.ts';
import { noBody } from './wire/names.ts';
import { addTokenImportPartRequest, listTokensQuery, mostImportBytes, putVipAccountRequest, startTokenImportRequest } from './wire/tokens.ts';

const idLength = 16;

/** The same request makes the same import: its id is made of the idempotency key, or of nothing that comes again. */
function newImportId({ keys, random }: Dependencies, organizationId: string, clientId: string, key: string | undefined): string {
  const bytes = key === undefined ? random.bytes(idLength) : keyedHash(keys.ids, 'token-import', organizationId, clientId, key).subarray(0, idLength);
  return `imp_${Buffer.from(bytes).toString('base64url')}`;
}

/** Below its organization only: one of another organization is not there. */
function importKeys({ keys }: Dependencies, { path }: Pick<RequestParts<unknown>, 'path'>): readonly ItemKey[] {
  const organizationKey = organizationKeyOf(keys, path['organizationId'] ?? '');
  const importId = path['importId'] ?? '';
  if (!/^imp_[A-Za-z0-9_-]{22}$/.test(importId)) throw new Problem('not-found');
  return [importKey(organizationKey, importId), reportKey(organizationKey, importId)];
}

function needImport({ admitted }: ApiCall<unknown>): TokenImport {
  needOrganization(admitted);
  const [item] = admitted.also;
  if (!item) throw new Problem('not-found');
  return fromImportItem(item);
}

const requestOf = ({ admitted, context }: ApiCall<unknown>): ImportRequest => ({
  organization: needOrganization(admitted),
  organizationKey: admitted.home.organizationKey,
  context,
});

function partOf(content: string, { key, passphrase, hasMore = false }: { key?: string; passphrase?: string; hasMore?: boolean }): PartInput {
  const secret = { ...(key === undefined ? {} : { key: Buffer.from(key, 'hex') }), ...(passphrase === undefined ? {} : { passphrase }) };
  return { content, secret, hasMore };
}

export const handler = sharedDoor({
  startTokenImport: route({
    body: startTokenImportRequest,
    mostBytes: mostImportBytes,
    target: organizationTarget,
    also: (deps, { path }, key, clientId) => {
      const { organizationId = '' } = path;
      if (key === undefined || clientId === undefined) return [];
      return [importKey(organizationKeyOf(deps.keys, organizationId), newImportId(deps, organizationId, clientId, key))];
    },
    handle: async (deps, call) => {
      const { body, admitted, idempotencyKey, mark } = call;
      const request = requestOf(call);
      const [item] = admitted.also;
      const made = {
        importId: newImportId(deps, request.organization.organizationId, admitted.client.clientId, idempotencyKey),
        format: body.format,
        found: item && fromImportItem(item),
        ...(idempotencyKey === undefined ? {} : { body: mark.body }),
      };
      const input = body.content === undefined ? undefined : partOf(body.content, body);
      return { status: 201, body: await startImport(deps, request, made, input) };
    },
  }),
  addTokenImportPart: route({
    body: addTokenImportPartRequest,
    mostBytes: mostImportBytes,
    target: organizationTarget,
    also: importKeys,
    handle: async (deps, call) => {
      const { part, content, ...rest } = call.body;
      return { status: 200, body: await addPart(deps, requestOf(call), needImport(call), part, partOf(content, rest)) };
    },
  }),
  getTokenImport: route({
    body: noBody,
    target: organizationTarget,
    also: importKeys,
    handle: (deps, call) => {
      const now = deps.clock.now();
      return Promise.resolve({ status: 200, body: viewImport(needImport(call), readReport(call.admitted.also[1], now), now) });
    },
  }),
  listTokens: route({
    body: noBody,
    target: organizationTarget,
    handle: async (deps, { admitted, query }) => {
      const { organizationId } = needOrganization(admitted);
      const { limit = mostPerPage, cursor, ...filters } = parse(listTokensQuery, query);
      const { organizationKey } = admitted.home;
      return { status: 200, body: await listTokens(deps, { organizationId, organizationKey, filters, limit, ...(cursor === undefined ? {} : { cursor }) }) };
    },
  }),
  putVipAccount: route({
    body: putVipAccountRequest,
    target: organizationTarget,
    handle: async (deps, { admitted, body, context }) => ({ status: 200, body: await putVipAccount(deps, needOrganization(admitted), body, context) }),
  }),
  getVipAccount: route({
    body: noBody,
    target: organizationTarget,
    also: (deps, { path }) => [vipAccountKey(organizationKeyOf(deps.keys, path['organizationId'] ?? ''))],
    handle: (_deps, { admitted }) => {
      needOrganization(admitted);
      const [item] = admitted.also;
      if (!item) throw new Problem('not-found');
      return Promise.resolve({ status: 200, body: viewVipAccount(item) });
    },
  }),
  removeVipAccount: route({
    body: noBody,
    target: organizationTarget,
    handle: async (deps, { admitted, context }) => {
      await removeVipAccount(deps, needOrganization(admitted), context);
      return { status: 204 };
    },
  }),
  removeToken: route({
    body: noBody,
    target: organizationTarget,
    handle: async (deps, { admitted, path, context }) => {
      const { organizationId } = needOrganization(admitted);
      await removeToken(deps, { organizationId, credentialId: path['credentialId'] ?? '', context });
      return { status: 204 };
    },
  }),
});
