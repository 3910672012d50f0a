/** What the app asks for while it is open: the one sign-in that waits for this device, with all that a person should know of it. */
import { toTimestamp } from '../../platform/clock.ts';
import { pushLife } from '../../user-state/caps.ts';
import type { CommitDependencies } from '../../user-state/commit.ts';
import { isSameId } from '../../user-state/find.ts';
import { settle } from '../../user-state/settle.ts';
import type { AppFactor } from '../../user-state/factor.ts';
import type { Challenge, Sending, UserState } from '../../user-state/user-state.ts';
import { challengeIdOf } from '../challenge-view.ts';
import { mayConfirm } from '../may-confirm.ts';
import type { AdmittedDevice } from './admit-device.ts';
import { askedFromKey, fromAskedFromItem, type AskedFrom } from './asked-from.ts';
import { numberChoices } from './number-choices.ts';

export interface AppRequest extends AskedFrom {
  readonly challengeId: string;
  readonly send: number;
  readonly organization: string;
  readonly audience: string;
  readonly purpose: string;
  readonly protects?: readonly string[];
  readonly numbers?: readonly string[];
  readonly startedAt: string;
  readonly expiresAt: string;
}

export interface AppRequests {
  /** How this account is answered now: an administrator may have changed it. */
  readonly method: string;
  readonly status: string;
  readonly requests: readonly AppRequest[];
}

interface Asked {
  readonly challenge: Challenge;
  readonly sending: Sending;
  readonly until: number;
}

/** Pushed to this very device, and not more than a minute ago. */
function askedOf(state: UserState, factor: AppFactor): Asked | undefined {
  if (state.lock || state.suspendedAt !== undefined || !state.pushes) return undefined;
  const until = state.pushes.at + pushLife;
  for (const challenge of state.challenges) {
    const { status, sending } = challenge;
    if (status === 'pending' && sending && isSameId(sending.factorId, factor.id) && state.lastAt < until) return { challenge, sending, until };
  }
  return undefined;
}

function describe(deps: CommitDependencies, { home, organization }: AdmittedDevice, { challenge, sending, until }: Asked, from: AskedFrom): AppRequest {
  const { id, audience, purpose, protects, createdAt, expiresAt } = challenge;
  return {
    challengeId: challengeIdOf(deps.keys, home, id),
    send: sending.send,
    organization: organization.name,
    audience,
    purpose,
    ...(protects ? { protects } : {}),
    ...from,
    ...(sending.show === undefined ? {} : { numbers: numberChoices(deps.keys, id, sending.send, sending.show) }),
    startedAt: toTimestamp(createdAt),
    expiresAt: toTimestamp(Math.min(until, expiresAt)),
  };
}

/** One read as long as nothing waits; one more for the sign-in that does. */
export async function listRequests(deps: CommitDependencies, device: AdmittedDevice): Promise<AppRequests> {
  const { state } = settle(device.state, deps.clock.now());
  const { factor, organization } = device;
  const shown = { method: factor.method, status: factor.status };
  const asked = askedOf(state, factor);
  if (!asked || !mayConfirm(asked.challenge, factor, organization.policy)) return { ...shown, requests: [] };
  const [item] = await deps.table.read([askedFromKey(asked.challenge.id)]);
  return { ...shown, requests: [describe(deps, device, asked, fromAskedFromItem(item))] };
}
