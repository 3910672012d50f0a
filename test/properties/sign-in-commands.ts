/** What people, clients, attackers, administrators and time may do to one user, in any order. */
import fc from 'fast-check';

const minute = 60_000;
const hour = 60 * minute;

export type Code = { readonly offset: number } | 'again' | 'wrong';

export type Command =
  | { readonly do: 'start'; readonly client: number }
  | { readonly do: 'start-with'; readonly factor: 'app' | 'spare'; readonly code: Code }
  | { readonly do: 'answer'; readonly nth: number; readonly factor: 'app' | 'spare'; readonly code: Code }
  | { readonly do: 'send' | 'cancel' | 'redeem'; readonly nth: number }
  | { readonly do: 'key'; readonly nth: number; readonly typed: 'right' | 'wrong' | 'silence' | 'fraud'; readonly isLate: boolean }
  | { readonly do: 'end-leg'; readonly nth: number; readonly ended: 'no-answer' | 'busy' | 'hung-up' | 'failed' }
  | { readonly do: 'wait'; readonly milliseconds: number }
  | { readonly do: 'set-back'; readonly milliseconds: number }
  | { readonly do: 'unlock' | 'suspend' | 'resume' }
  | { readonly do: 'rules'; readonly methods: readonly string[]; readonly wrongAnswers: number; readonly lockMinutes: number };

const code = fc.oneof(
  { weight: 4, arbitrary: fc.record({ offset: fc.integer({ min: -3, max: 3 }) }) },
  { weight: 1, arbitrary: fc.constant('again' as const) },
  { weight: 6, arbitrary: fc.constant('wrong' as const) },
);
const app = fc.constantFrom('app' as const, 'spare' as const);
/** Among the challenges so far, counted from the newest. */
const nth = fc.integer({ min: 0, max: 5 });
const pause = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 40_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 12 * minute }) },
  { weight: 3, arbitrary: fc.constantFrom(hour, hour - 1, hour + 1, 4 * hour, 24 * hour) },
);
const methods = fc.constantFrom<readonly string[]>(
  ['totp', 'phone:call-pin'], ['totp', 'phone:call-pin'], ['totp', 'phone:call-pin'], ['totp'], ['phone:call-pin'], ['phone:call'],
);

export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('start' as const), client: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('start-with' as const), factor: app, code }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('answer' as const), nth, factor: app, code }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('send' as const, 'send' as const, 'cancel' as const, 'redeem' as const), nth }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('key' as const), nth, isLate: fc.boolean(),
      typed: fc.constantFrom('right' as const, 'wrong' as const, 'wrong' as const, 'wrong' as const, 'silence' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('key' as const), nth, isLate: fc.constant(false), typed: fc.constant('fraud' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('end-leg' as const), nth, ended: fc.constantFrom('no-answer' as const, 'busy' as const, 'hung-up' as const, 'failed' as const) }),
  },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('wait' as const), milliseconds: pause }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('set-back' as const), milliseconds: pause }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('unlock' as const, 'suspend' as const, 'resume' as const, 'resume' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('rules' as const), methods, wrongAnswers: fc.constantFrom(5, 5, 3, 10), lockMinutes: fc.constantFrom(60, 60, 30, 600) }),
  },
);
