/** The ways to confirm that the prompt knows, by `kind` or `kind:method`: one row each. */
import type { FactorChoice } from '../ask/answers.ts';
import { appWay } from './app.ts';
import { mailCodeWay } from './mail-code.ts';
import { phoneCallWay } from './phone-call.ts';
import { passkeyWay } from './passkey.ts';
import { textCodeWay, textReplyWay } from './phone-text.ts';
import type { PromptWay } from './prompt-way.ts';
import { recoveryKeyWay } from './recovery-key.ts';
import { tokenWay } from './token.ts';
import { totpWay } from './totp.ts';

const promptWays: Readonly<Record<string, PromptWay>> = {
  totp: totpWay,
  'app:approve': appWay,
  'app:approve-pin': appWay,
  'app:match': appWay,
  passkey: passkeyWay,
  email: mailCodeWay,
  token: tokenWay,
  'phone:call': phoneCallWay,
  'phone:call-pin': phoneCallWay,
  'phone:call-match': phoneCallWay,
  'recovery-key': recoveryKeyWay,
  'phone:sms-code': textCodeWay,
  'phone:sms-reply': textReplyWay,
  'phone:sms-reply-pin': textReplyWay,
  'phone:sms-reply-match': textReplyWay,
};

export interface Way {
  readonly factor: FactorChoice;
  readonly way: PromptWay;
}

/** What this version of the page does not know is not offered. */
export function waysOf(factors: readonly FactorChoice[]): Way[] {
  return factors.flatMap((factor) => {
    const way = promptWays[factor.method === undefined ? factor.kind : `${factor.kind}:${factor.method}`];
    return way ? [{ factor, way }] : [];
  });
}
