/** Imports a file of tokens, whole or in parts: nothing of it can be used until its last row was found good. */
import { day } from '../platform/clock.ts';
import { sameBytes } from '../platform/crypto/keyed-hash.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Write } from '../platform/dynamo/table.ts';
import { trailWrites } from '../audit/trail.ts';
import type { Organization } from '../organizations/organization.ts';
import type { DecisionEvent } from '../user-state/decision.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { mostReported, readFile, type FileFormat, type ReadFile, type ReportRow } from './files/read-file.ts';
import type { FileSecret } from './files/pskc-keys.ts';
import { lookForTaken, stageRows, type StageDependencies } from './stock/stage-rows.ts';
import { addImportWrite, importKey, isReceiving, mostParts, reportWrite, saveImportWrite, viewImport, type ImportView, type TokenImport } from './stock/token-import.ts';

export interface PartInput {
  readonly content: string;
  readonly secret: FileSecret;
  /** More parts will follow: the import is not finished with this one. */
  readonly hasMore: boolean;
}

export interface ImportRequest {
  readonly organization: Organization;
  readonly organizationKey: string;
  readonly context: RequestContext;
}

export interface NewImport {
  readonly importId: string;
  readonly format: FileFormat;
  /** Under an idempotency key: the body that it came with. */
  readonly body?: Uint8Array;
  /** What was made by the same request before. */
  readonly found: TokenImport | undefined;
}

const reportLife = 30 * day;
const readingLength = 9;

function eventWrites(deps: StageDependencies, { organizationKey, context }: ImportRequest, next: TokenImport, events: readonly DecisionEvent[]): Write[] {
  const { pk } = importKey(organizationKey, next.importId);
  return trailWrites(deps, { partition: pk, version: next.version, organizationId: next.organizationId }, events, context, deps.clock.now());
}

/** Refused when somebody else went on with the import: the same request again finds out how. */
async function save(deps: StageDependencies, request: ImportRequest, next: TokenImport, event: DecisionEvent, more: readonly Write[] = []): Promise<TokenImport> {
  const own = next.version === 1 ? addImportWrite : saveImportWrite;
  const { done } = await deps.table.transact([own(deps.table.name, request.organizationKey, next), ...more, ...eventWrites(deps, request, next, [event])]);
  if (!done) throw new Problem('unavailable', { retryAfterSeconds: 1 });
  return next;
}

async function refuse(deps: StageDependencies, request: ImportRequest, before: TokenImport, found: Pick<ReadFile, 'report' | 'problems'>): Promise<ImportView> {
  const now = deps.clock.now();
  const { staging: _staging, staged: _staged, ...rest } = before;
  const next: TokenImport = { ...rest, version: before.version + 1, status: 'refused', problems: found.problems, endedAt: now };
  const report = found.report.slice(0, mostReported);
  const event = { kind: 'token-import-refused', detail: { import: next.importId, problems: found.problems } };
  await save(deps, request, next, event, [reportWrite(deps.table.name, request.organizationKey, next.importId, report, now + reportLife)]);
  return viewImport(next, report, now);
}

async function finishPart(deps: StageDependencies, request: ImportRequest, before: TokenImport, reading: string, rows: number, hasMore: boolean): Promise<ImportView> {
  const now = deps.clock.now();
  if (!isReceiving(before, now)) throw new Problem('import-over');
  const { staging: _staging, staged: _staged, ...rest } = before;
  const next: TokenImport = {
    ...rest,
    version: before.version + 1,
    parts: before.parts + 1,
    rows: before.rows + rows,
    readings: [...before.readings, reading],
    ...(hasMore ? {} : { status: 'done' as const, endedAt: now }),
  };
  const kind = hasMore ? 'token-import-part-read' : 'token-import-done';
  await save(deps, request, next, { kind, detail: { import: next.importId, parts: next.parts, rows: next.rows } });
  return viewImport(next, undefined, now);
}

/** `started` names this reading as the one under way: whoever read the part before can no longer finish it. */
async function readPart(deps: StageDependencies, request: ImportRequest, started: TokenImport, reading: string, file: ReadFile, hasMore: boolean): Promise<ImportView> {
  if (file.problems > 0) return refuse(deps, request, started, file);
  const { table, clock } = deps;
  const { importId, createdAt } = started;
  const { report, dead } = await lookForTaken(deps, started.organizationId, file.tokens, importId, clock.now());
  if (report.length > 0) return refuse(deps, request, started, { report, problems: report.length });
  const { organization, organizationKey } = request;
  const part = { organization, organizationKey, importId, reading, now: clock.now(), importedAt: createdAt, number: started.parts + 1 };
  const { pk, sk } = importKey(organizationKey, importId);
  await stageRows(deps, part, file.tokens, dead, async (staged) => {
    await table.update({
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: 'SET staged = :staged',
      ConditionExpression: 'version = :mine',
      ExpressionAttributeValues: { ':staged': { N: String(staged) }, ':mine': { N: String(started.version) } },
    });
  });
  return finishPart(deps, request, started, reading, file.tokens.length, hasMore);
}

const newReading = ({ random }: StageDependencies): string => Buffer.from(random.bytes(readingLength)).toString('base64url');

/** The next part of an import; a part that was read already is answered as it stands. */
export async function addPart(deps: StageDependencies, request: ImportRequest, before: TokenImport, number: number, input: PartInput): Promise<ImportView> {
  const now = deps.clock.now();
  if (number <= before.parts) return viewImport(before, undefined, now);
  if (!isReceiving(before, now)) throw new Problem('import-over');
  if (number !== before.parts + 1) throw new Problem('request-invalid', { detail: `The next part is ${String(before.parts + 1)}.` });
  if (number > mostParts) throw new Problem('content-too-large', { detail: `An import has at most ${String(mostParts)} parts.` });
  const file = await readFile(before.format, input.content, input.secret);
  const reading = newReading(deps);
  const { staged: _staged, ...rest } = before;
  const started = await save(
    deps, request, { ...rest, version: before.version + 1, staging: reading }, { kind: 'token-import-part-started', detail: { import: before.importId, part: number } },
  );
  return readPart(deps, request, started, reading, file, input.hasMore);
}

function resume(deps: StageDependencies, request: ImportRequest, made: NewImport, found: TokenImport, input: PartInput | undefined): Promise<ImportView> {
  if (made.body && !(found.body && sameBytes(found.body, made.body))) throw new Problem('idempotency-conflict');
  const isOver = !input || found.parts > 0 || found.status !== 'receiving';
  return isOver ? Promise.resolve(viewImport(found, undefined, deps.clock.now())) : addPart(deps, request, found, 1, input);
}

/** Starts an import, with its first part or without. A file that cannot be read at all starts none. */
export async function startImport(deps: StageDependencies, request: ImportRequest, made: NewImport, input: PartInput | undefined): Promise<ImportView> {
  if (made.found) return resume(deps, request, made, made.found, input);
  const file = input && (await readFile(made.format, input.content, input.secret));
  const reading = newReading(deps);
  const { importId, format, body } = made;
  const now = deps.clock.now();
  const { organizationId } = request.organization;
  const empty = { schema: 1, version: 1, importId, organizationId, format, status: 'receiving', parts: 0, rows: 0, readings: [], createdAt: now } as const;
  const next: TokenImport = { ...empty, ...(body ? { body } : {}), ...(file ? { staging: reading } : {}) };
  const started = await save(deps, request, next, { kind: 'token-import-started', detail: { import: importId, format } });
  return file ? readPart(deps, request, started, reading, file, input.hasMore) : viewImport(started, undefined, now);
}

/** Report rows of an import, as far as they are still kept, are the caller's to read beside it. */
export type { ReportRow };
