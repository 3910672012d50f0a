/** How strong each method is, for judging a policy before there is any factor. */
import type { Strength } from '../user-state/user-state.ts';
import type { SignInMethod } from './policy.ts';

const strengths: { readonly [Method in SignInMethod]: Strength } = {
  totp: 'otp',
  'phone:call': 'pstn',
  'phone:call-pin': 'pstn',
  'phone:call-match': 'pstn',
};

/** A method that this version does not know counts for the least. */
export const strengthOfMethod = (method: string): Strength =>
  Object.hasOwn(strengths, method) ? strengths[method as SignInMethod] : 'low';
