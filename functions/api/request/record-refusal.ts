/**
 * What a client was refused leaves a counted row in the audit trail: a key that is wrong or was taken back, a scope or a
 * role that is missing, what is somebody else's (I9, A36, A53).
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { refusedToClient } from '../../../shared/audit/trail.ts';
import type { Actor, Refused } from '../../../shared/clients/admit.ts';
import type { Route } from '../../../shared/contract/routes.ts';
import { second } from '../../../shared/platform/clock.ts';
import { errorFields, log } from '../../../shared/platform/log/logger.ts';
import type { Problem } from '../../../shared/platform/problems/problem.ts';
import type { RequestContext } from '../../../shared/user-state/event-item.ts';
import type { Dependencies } from '../../start/dependencies.ts';

export function readContext(
  event: APIGatewayProxyEventV2,
  door: RequestContext['door'],
  actor: Actor | undefined,
  { client, organization }: Pick<Refused, 'client' | 'organization'>,
): RequestContext {
  const { requestId, http } = event.requestContext;
  return {
    requestId,
    door,
    clientId: client.clientId,
    ...(actor ? { actor: `${actor.organizationId}/${actor.userId}` } : {}),
    ...(organization ? { policyVersion: organization.policy.version } : {}),
    ipAddress: http.sourceIp,
    userAgent: http.userAgent,
  };
}

/** Refusals that are about who asks. Whatever else may be refused is recorded by the operation that decides it. */
const kept = new Set([401, 403]);

/** What does not exist and what is somebody else's are answered alike, and are both counted. */
function kindOf({ organization }: Refused, problem: Problem): string | undefined {
  if (problem.isRecorded) return undefined;
  if (problem.problem === 'not-found') {
    return organization && !problem.members.foreign ? undefined : 'cross-tenant-denied';
  }
  return kept.has(problem.status) ? 'request-refused' : undefined;
}

interface Held {
  readonly writtenAt: number;
  readonly times: number;
}

const held = new Map<string, Held>();
const betweenWrites = second;
const mostHeld = 1000;

/**
 * Anybody may send a wrong key of a client whose id they have seen. Such rows are written at most once a second and
 * process, with what came in between: a flood must not wear out the partition that the client itself is read from.
 */
function mayWrite(name: string, now: number): Held | undefined {
  const before = held.get(name);
  const times = (before?.times ?? 0) + 1;
  if (before && now - before.writtenAt < betweenWrites) {
    held.set(name, { ...before, times });
    return undefined;
  }
  if (held.size >= mostHeld) held.clear();
  held.set(name, { writtenAt: now, times: 0 });
  return { writtenAt: now, times };
}

/** An actor that the client may not act for is only a claim: it is not named as if it had been there. */
const contextOf = ({ actor, ...context }: RequestContext, { members }: Problem): RequestContext =>
  actor === undefined || members.because === 'foreign-actor' ? context : { ...context, actor };

export async function recordRefusal(
  deps: Dependencies,
  { operation }: Pick<Route, 'operation'>,
  refused: Refused,
  context: RequestContext,
  problem: Problem,
): Promise<void> {
  const kind = kindOf(refused, problem);
  if (kind === undefined) return;
  const { client, organization, state } = refused;
  const reason = problem.members.because ?? problem.problem;
  const detail = { operation, ...(kind === 'request-refused' ? { reason } : {}) };
  const subject = { client, organizationId: organization?.organizationId, userId: state?.userId };
  const write = async (times: number): Promise<void> => {
    const counted = { at: deps.clock.now(), times };
    await deps.table.update(refusedToClient(deps, subject, { kind, detail }, contextOf(context, problem), counted));
    problem.isRecorded = true;
  };
  if (problem.status !== 401) return write(1);
  const counted = mayWrite(`${client.clientId} ${reason} ${operation}`, deps.clock.now());
  try {
    if (counted) await write(counted.times);
  } catch (error) {
    // Whoever has no key is turned away all the same.
    log('warn', 'refusal-not-recorded', { clientId: client.clientId, reason, ...errorFields(error) });
  }
}
