/** Events in the table: one per committed version, put only if absent, and counted rows of refusals. */
import { createHash } from 'node:crypto';
import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { day, minute } from '../platform/clock.ts';
import { toAttributes, type Value } from '../platform/dynamo/attributes.ts';
import type { Write } from '../platform/dynamo/table.ts';
import type { DecisionEvent } from './decision.ts';
import { userPartition } from './user-state-item.ts';

/** Who asked, through which door: what an event says of its request. */
export interface RequestContext {
  readonly requestId: string;
  readonly door: 'api' | 'call' | 'text' | 'app' | 'workflow' | 'page' | 'operator' | 'mail';
  readonly clientId?: string;
  readonly actor?: string;
  readonly ipAddress?: string;
  readonly userAgent?: string;
  readonly policyVersion?: number;
}

export interface EventHome {
  readonly organizationKey: string;
  readonly userKey: string;
  readonly organizationId: string;
  readonly userId: string;
}

/** The format of events and the version of the decision that made them: what a replay must know. */
export const eventFormat = 1;
export const decisionVersion = 1;

/** 13 months (D24). */
export const retention = 396 * day;
/** One shard of the audit index holds about a thousand events a second; more than one needs a reader that merges. */
const indexShards = 1;

export const versionText = (version: number): string => String(version).padStart(12, '0');

export const auditPartition = (organizationKey: string, shard = 0): string =>
  `AUDIT#${organizationKey}#${shard % indexShards}`;

export const auditSort = (at: number, unique: string): string => `${new Date(at).toISOString()}#${unique}`;

const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString('base64url');

/** Whose trail an event belongs to: an organization's, or, without one, the installation's. */
export interface TrailHome {
  readonly organizationKey: string;
  readonly organizationId?: string;
  readonly userId?: string;
}

export function describeEvent(event: DecisionEvent, context: RequestContext, home: TrailHome, at: number): Record<string, Value | undefined> {
  return {
    kind: event.kind,
    at,
    format: eventFormat,
    decision: decisionVersion,
    organizationId: home.organizationId,
    userId: home.userId,
    challenge: textOf(event.challengeId),
    factor: textOf(event.factorId),
    detail: event.detail,
    notice: event.notice,
    requestId: context.requestId,
    door: context.door,
    clientId: context.clientId,
    actor: context.actor,
    ipAddress: context.ipAddress?.slice(0, 45),
    userAgent: context.userAgent?.slice(0, 120).toWellFormed(),
    policyVersion: context.policyVersion,
    auditPk: auditPartition(home.organizationKey),
    expiresAt: Math.floor((at + retention) / 1000),
  };
}

export function eventWrites(
  table: string, home: EventHome, version: number, events: readonly DecisionEvent[], context: RequestContext, at: number,
): Write[] {
  return events.map((event, position) => {
    const number = position === 0 ? versionText(version) : `${versionText(version)}.${position}`;
    const item = {
      pk: userPartition(home.userKey),
      sk: `EVENT#${number}`,
      auditSk: auditSort(at, `${home.userKey}#${number}`),
      version,
      ...describeEvent(event, context, home, at),
    };
    return { Put: { TableName: table, Item: toAttributes(item), ConditionExpression: 'attribute_not_exists(pk)' } };
  });
}

/** What a counted row says once of all that it counts: another client or reason makes another row. All of it is bounded. */
function factsOf({ kind, detail = {} }: DecisionEvent, { clientId, actor }: RequestContext, { organizationKey, userId }: TrailHome): string {
  const { reason, audience, purpose, operation } = detail;
  const facts = [organizationKey, userId, clientId, actor, reason, audience, purpose, operation];
  return `${kind}#${createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 12)}`;
}

/** One row per minute for refusals of the same kind and reason to the same client: a flood of them costs one small row, and hides nothing. */
export function countedUpdate(
  partition: string, home: TrailHome, event: DecisionEvent, context: RequestContext, at: number, times = 1,
): Omit<UpdateItemCommandInput, 'TableName'> {
  const since = Math.floor(at / minute) * minute;
  const name = factsOf(event, context, home);
  const item = { ...describeEvent(event, context, home, since), auditSk: auditSort(since, `${partition}#${name}`) };
  const values = Object.entries(toAttributes(item));
  const sets = values.map((_, position) => `#n${position} = if_not_exists(#n${position}, :v${position})`);
  return {
    Key: { pk: { S: partition }, sk: { S: `EVENT#refused#${new Date(since).toISOString()}#${name}` } },
    UpdateExpression: `SET ${[...sets, '#lastAt = :lastAt'].join(', ')} ADD #times :times`,
    ExpressionAttributeNames: { '#times': 'times', '#lastAt': 'lastAt', ...Object.fromEntries(values.map(([each], position) => [`#n${position}`, each])) },
    ExpressionAttributeValues: {
      ':times': { N: String(times) },
      ':lastAt': { N: String(at) },
      ...Object.fromEntries(values.map(([, value], position) => [`:v${position}`, value])),
    },
  };
}

export function refusalUpdate(
  home: EventHome, event: DecisionEvent, context: RequestContext, at: number,
): Omit<UpdateItemCommandInput, 'TableName'> {
  return countedUpdate(userPartition(home.userKey), home, event, context, at);
}
