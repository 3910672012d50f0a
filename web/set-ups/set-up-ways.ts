/** The ways that can be set up, and which methods of a policy allow each: one row each, in the order in which they are offered. */
import { appSetUp } from './app.ts';
import { mailCodeSetUp } from './mail-code.ts';
import { passkeySetUp } from './passkey.ts';
import { phoneSetUp } from './phone.ts';
import type { SetUpWay } from './set-up-way.ts';
import { tokenSetUp } from './token.ts';
import { totpSetUp } from './totp.ts';

const setUpWays: readonly (readonly [methods: readonly string[], way: SetUpWay])[] = [
  [['totp'], totpSetUp],
  [['app:approve', 'app:approve-pin', 'app:match'], appSetUp],
  [['passkey'], passkeySetUp],
  [['token'], tokenSetUp],
  [['phone:call', 'phone:call-pin', 'phone:call-match', 'phone:sms-code', 'phone:sms-reply', 'phone:sms-reply-pin', 'phone:sms-reply-match'], phoneSetUp],
  [['email'], mailCodeSetUp],
];

export const waysFor = (methods: readonly string[]): SetUpWay[] =>
  setUpWays.filter(([own]) => own.some((method) => methods.includes(method))).map(([, way]) => way);
