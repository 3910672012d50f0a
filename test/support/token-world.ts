/** A stage with a stock of tokens: imports as administrators make them, and what tokens would show. */
import { codeAt } from '../../shared/factors/kinds/totp.ts';
import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Organization } from '../../shared/organizations/organization.ts';
import { organizationKeyOf } from '../../shared/platform/object-id.ts';
import { addPart, startImport, type ImportRequest, type NewImport, type PartInput } from '../../shared/tokens/import-tokens.ts';
import { listTokens, type ListTokensInput, type TokenPage } from '../../shared/tokens/list-tokens.ts';
import { fromImportItem, importKey, type ImportView, type TokenImport } from '../../shared/tokens/stock/token-import.ts';
import { makeStage, type Stage } from './stage.ts';

export const seedOf = (number: number): Buffer => Buffer.alloc(20, `seed ${String(number)} `);

/** Rows of a file: AB0001 and so on, one type for all. */
export function csvOf(numbers: readonly number[], type: 'totp' | 'hotp' = 'totp', more = ''): string {
  const rows = numbers.map((number) => `AB${String(number).padStart(4, '0')},${type},${seedOf(number).toString('hex')}${more}`);
  return `credentialId,type,seedHex${more === '' ? '' : ',digits'}\n${rows.join('\n')}\n`;
}

export const secretOf = (number: number): KeyObject => createSecretKey(seedOf(number));
export const hotpCode = (number: number, counter: number, digits = 6): string => codeAt(secretOf(number), counter, digits);
export const totpCode = (number: number, at: number, digits = 6): string => codeAt(secretOf(number), Math.floor(at / 30_000), digits);

export interface TokenWorld {
  readonly stage: Stage;
  readonly deps: Stage['deps'];
  readonly acme: Organization;
  /** A new import of this file. */
  start(content: string | undefined, more?: Partial<NewImport> & Partial<PartInput>, organization?: Organization): Promise<ImportView>;
  part(importId: string, number: number, content: string, hasMore?: boolean): Promise<ImportView>;
  read(importId: string, organization?: Organization): Promise<TokenImport | undefined>;
  list(more?: Partial<ListTokensInput>, organization?: Organization): Promise<TokenPage>;
  ids(organization?: Organization): Promise<string[]>;
}

let requests = 0;

export async function makeTokenWorld(): Promise<TokenWorld> {
  const stage = await makeStage();
  const acme = await stage.makeOrganization();
  const deps = { ...stage.deps };
  const requestOf = (organization: Organization): ImportRequest => ({
    organization,
    organizationKey: organizationKeyOf(stage.keys, organization.organizationId),
    context: { requestId: `request-${String((requests += 1))}`, door: 'api', clientId: 'test-client' },
  });
  const partOf = (content: string, { secret = {}, hasMore = false }: Partial<PartInput> = {}): PartInput => ({ content, secret, hasMore });
  const world: TokenWorld = {
    stage,
    deps,
    acme,
    start: (content, { importId = `imp_${String((requests += 1)).padStart(22, '0')}`, format = 'csv', found, body, ...part } = {}, organization = acme) =>
      startImport(deps, requestOf(organization), { importId, format, found, ...(body ? { body } : {}) }, content === undefined ? undefined : partOf(content, part)),
    part: async (importId, number, content, hasMore = false) => {
      const found = await world.read(importId);
      if (!found) throw new Error('there is no such import');
      return addPart(deps, requestOf(acme), found, number, partOf(content, { hasMore }));
    },
    read: async (importId, organization = acme) => {
      const [item] = await stage.table.read([importKey(requestOf(organization).organizationKey, importId)]);
      return item && fromImportItem(item);
    },
    list: (more = {}, organization = acme) => {
      const { organizationId } = organization;
      return listTokens(deps, { organizationId, organizationKey: organizationKeyOf(stage.keys, organizationId), filters: {}, limit: 50, ...more });
    },
    ids: async (organization) => (await world.list({}, organization)).tokens.map(({ credentialId }) => credentialId),
  };
  return world;
}
