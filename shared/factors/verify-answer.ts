/** A kind's verdict on what somebody answered, from the very state that is about to be decided on. */
import type { KeyObject } from 'node:crypto';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import type { Policy } from '../policy/policy.ts';
import { isSameId } from '../user-state/find.ts';
import { rowOf, type Channel } from '../user-state/methods.ts';
import type { Factor } from '../user-state/factor.ts';
import type { Challenge, UserState } from '../user-state/user-state.ts';
import { kindOf } from './kinds/factor-kinds.ts';
import type { RemoteVerdict, Verdict } from './kinds/factor-kind.ts';

export interface Answered {
  readonly factor: Factor;
  readonly answer: string;
  readonly nextAnswer?: string | undefined;
  readonly remote?: RemoteVerdict | undefined;
  readonly channel: Channel;
  readonly state: UserState;
  readonly challenge: Challenge | undefined;
  readonly now: number;
  readonly keys: KeyRing;
  readonly policy: Policy;
  userKey(): KeyObject;
}

/** Undefined when this factor cannot be answered through this channel (I7). */
export function verifyAnswer({ factor, channel, challenge, ...input }: Answered): Verdict | undefined {
  const row = rowOf(factor);
  const kind = kindOf(factor);
  if (!row || !kind || row.answeredBy !== channel) return undefined;
  const sending = challenge?.sending && isSameId(challenge.sending.factorId, factor.id) ? challenge.sending : undefined;
  if (row.reachedBy !== undefined && !sending) return { is: 'unasked' };
  return kind.verify(factor, { ...input, challenge, sending });
}
