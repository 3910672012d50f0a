/** Whether codes may still be mailed to a confirmed address: what the profile learns of it is written into the factor too. */
import type { EmailFactor, Factor, Unreachable } from '../user-state/factor.ts';
import type { UserState } from '../user-state/user-state.ts';

const isEmail = (factor: Factor): factor is EmailFactor => factor.kind === 'email';

/** Once the address is another one, what mail did at the former says nothing any more. */
function reach(factor: EmailFactor, why: Unreachable): EmailFactor {
  return factor.unreachable === 'moved' ? factor : { ...factor, unreachable: why };
}

/** In use as before, so that nobody gets in without it; but nothing is sent there, and it confirms nothing (A78a). */
export function cutMail(state: UserState, why: Unreachable): UserState {
  return { ...state, factors: state.factors.map((factor) => (isEmail(factor) ? reach(factor, why) : factor)) };
}

/** Mail reaches the same address again. */
export function restoreMail(state: UserState): UserState {
  const factors = state.factors.map((factor): Factor => {
    if (!isEmail(factor) || factor.unreachable !== 'problem') return factor;
    const { unreachable: _unreachable, ...reached } = factor;
    return reached;
  });
  return { ...state, factors };
}
