/** Pairing and unpairing a device. Pairing confirms the factor; unpairing only takes it out of use, and never asks for less (I13). */
import type { Policy } from '../policy/policy.ts';
import type { Changed, Decision } from '../user-state/decision.ts';
import { findFactor, isSameId, replaceFactor } from '../user-state/find.ts';
import { settle } from '../user-state/settle.ts';
import type { AppFactor, Factor } from '../user-state/factor.ts';
import type { UserState } from '../user-state/user-state.ts';
import { activateFactor } from './activate-factor.ts';
import { isInTime } from './authority.ts';
import { isAllowed } from './kinds/factor-kinds.ts';
import { isPairable } from './pairing.ts';
import { forgetSendings } from './proving.ts';

export interface PairCommand {
  readonly factorId: Uint8Array;
  /** P-256, compressed. */
  readonly deviceKey: Uint8Array;
  /** The secret that came with it is the factor's. */
  readonly isInvited: boolean;
  readonly policy: Policy;
  readonly resultId: Uint8Array;
}

export type PairOutcome = 'paired' | 'refused';

const refuse = (factorId: Uint8Array, reason: string): Decision<PairOutcome> => ({
  outcome: 'refused',
  refusal: { kind: 'pairing-refused', factorId, detail: { reason } },
});

/** The challenge that waits for this factor has not run out of its window. */
function mayWait(state: UserState, factor: AppFactor, policy: Policy): boolean {
  const waiting = state.challenges.find(({ status, settingUp }) => status === 'pending' && settingUp !== undefined && isSameId(settingUp, factor.id));
  return !waiting || isInTime(waiting, state, policy);
}

/** Why this device may not be tied to this factor now. */
function refusalOf(state: UserState, factor: Factor | undefined, { isInvited, policy }: PairCommand): string | undefined {
  if (!isInvited || !isPairable(factor, state.lastAt)) return 'not-invited';
  if (state.lock || state.suspendedAt !== undefined) return 'locked';
  return isAllowed(factor, policy) && mayWait(state, factor, policy) ? undefined : 'policy';
}

/** Its answer was lost: the same device hears it again. */
const isPaired = (factor: Factor | undefined, { isInvited, deviceKey }: PairCommand): boolean =>
  isInvited && factor?.kind === 'app' && factor.status === 'active' && factor.deviceKey !== undefined && isSameId(factor.deviceKey, deviceKey);

export function decidePair(read: UserState, command: PairCommand, now: number): Decision<PairOutcome> {
  const { state, events } = settle(read, now);
  const { factorId, deviceKey } = command;
  const factor = findFactor(state, factorId);
  if (isPaired(factor, command)) return { outcome: 'paired' };
  const refusal = refusalOf(state, factor, command);
  if (refusal !== undefined || factor?.kind !== 'app') return refuse(factorId, refusal ?? 'not-invited');
  const activated = activateFactor(state, { ...factor, deviceKey }, command.resultId);
  const [first, ...rest] = [...activated.events, ...events];
  if (!first) throw new Error('an activation always has an event');
  return { outcome: 'paired', next: activated.state, events: [first, ...rest], receipt: { outcome: 'approved', about: factorId } };
}

/**
 * Whoever holds the device may say that it is no longer this person's. The factor stays, disabled: a stolen telephone
 * must not turn confirmation off, and what it was worth takes a proof to remove.
 */
export function decideUnpair(read: UserState, factorId: Uint8Array, now: number): Decision<'done'> {
  const { state, events } = settle(read, now);
  const found = findFactor(state, factorId);
  if (found?.kind !== 'app') return { outcome: 'done' };
  const { deviceKey: _deviceKey, ...rest } = found;
  const factor: AppFactor = { ...rest, status: 'disabled' };
  const changed: Changed<'done'> = {
    outcome: 'done',
    next: forgetSendings(replaceFactor(state, factor), factorId),
    events: [{ kind: 'app-unpaired', factorId, notice: 'app-unpaired', detail: { kind: factor.kind } }, ...events],
    receipt: { outcome: 'changed', about: factorId },
  };
  return changed;
}
