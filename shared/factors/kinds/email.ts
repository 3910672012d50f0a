/** A code mailed to the address that was confirmed. Of low assurance: whoever reads the mail has it (row 4.1). */
import type { EmailFactor } from '../../user-state/factor.ts';
import { maskHint } from '../mail-address.ts';
import { judgeCode } from '../sent-code.ts';
import type { FactorKind } from './factor-kind.ts';

export const email: FactorKind<EmailFactor> = {
  most: 1,
  methodReferences: () => ['otp'],
  isReady: ({ unreachable }) => unreachable === undefined,
  verify: judgeCode,
  accept: (factor) => factor,
  unproved: ({ status }) => (status === 'proving' ? 'address' : undefined),
  view: ({ hint, unreachable }) => ({ hint: maskHint(hint), ...(unreachable ? { unreachable } : {}) }),
};
