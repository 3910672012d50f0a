/** What an order makes of the user whom it is for: a license is kept, or no longer. Pure decisions on the user's state. */
import { Problem } from '../platform/problems/problem.ts';
import type { Changed, DecisionEvent } from '../user-state/decision.ts';
import { releaseLicense, reserveLicense } from '../user-state/held-licenses.ts';
import { settle } from '../user-state/settle.ts';
import type { UserState } from '../user-state/user-state.ts';
import type { Order } from './order.ts';

/** The end of it, which nobody can guess; the beginning is a time, and the same for many. */
const aboutOf = ({ random }: Order): Uint8Array => random.subarray(-3);

export function decideOrderForUser(read: UserState, order: Order, event: DecisionEvent, now: number): Changed<undefined> {
  const { state, events } = settle(read, now);
  if (state.licenses?.includes(`ordered-${order.item}`)) throw new Problem('license-ordered');
  return {
    outcome: undefined,
    next: reserveLicense(state, `ordered-${order.item}`),
    events: [event, ...events],
    receipt: { outcome: 'changed', about: aboutOf(order) },
  };
}

/** A user who was made anew since owes nothing to an order for the one before. */
const isForThisUser = (state: UserState, { orderedAt }: Order): boolean => state.createdAt <= orderedAt;

/** Whoever confirms goes on confirming: only what was kept for later is given back. */
export function decideCancelForUser(read: UserState, order: Order, event: DecisionEvent, now: number): Changed<undefined> {
  const { state, events } = settle(read, now);
  return {
    outcome: undefined,
    next: isForThisUser(state, order) ? releaseLicense(state, `ordered-${order.item}`) : state,
    events: [event, ...events],
    receipt: { outcome: 'changed', about: aboutOf(order) },
  };
}
