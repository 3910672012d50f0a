/** The shapes of a policy (docs/api/README.md, Organizations). Ranges are the ones that security allows: none means "unlimited". */
import * as z from 'zod/mini';
import { enforcements } from '../../../shared/policy/policy.ts';
import { methodNames, strengths } from '../../../shared/user-state/methods.ts';
import { line } from './lists.ts';
import { timestamp } from './names.ts';

const whole = (least: number, most: number) => z.int().check(z.gte(least), z.lte(most));

const country = z.string().check(z.regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code of two letters'));
const protectedThing = z.string().check(z.minLength(1), z.maxLength(32));

/** Each rule by its name; null takes it back. */
const ruleChanges = {
  enforcement: z.exactOptional(z.nullable(z.enum(enforcements))),
  appliesTo: z.exactOptional(z.nullable(z.enum(['local-users', 'all-users']))),
  setUpWindowDays: z.exactOptional(z.nullable(whole(1, 3650))),
  methods: z.exactOptional(z.nullable(z.array(z.enum(methodNames)).check(z.minLength(1), z.maxLength(20)))),
  protects: z.exactOptional(z.nullable(z.array(protectedThing).check(z.maxLength(20)))),
  lockout: z.exactOptional(
    z.nullable(
      z.strictObject({ failures: z.exactOptional(whole(3, 10)), minutes: z.exactOptional(whole(30, 10_080)) }),
    ),
  ),
  pin: z.exactOptional(z.nullable(z.strictObject({ minimumLength: whole(4, 8) }))),
  passkeys: z.exactOptional(z.nullable(z.strictObject({ userVerification: z.enum(['preferred', 'required']) }))),
  countries: z.exactOptional(z.nullable(z.array(country).check(z.maxLength(250)))),
  minimumAcr: z.exactOptional(z.nullable(z.enum(strengths))),
  spend: z.exactOptional(z.nullable(z.strictObject({ sendsPerDay: whole(0, 1_000_000) }))),
};

export const policyChange = z.strictObject({ ...ruleChanges, acceptTelephoneOnly: z.exactOptional(line(100)) });

const ruleView = z.strictObject({
  value: z.unknown(),
  setBy: z.string(),
  mayChange: z.boolean(),
  bound: z.exactOptional(z.strictObject({ value: z.unknown(), setBy: z.string() })),
});

export const policyResponse = z.strictObject({
  rules: z.strictObject({
    enforcement: ruleView,
    appliesTo: ruleView,
    setUpWindowDays: ruleView,
    methods: ruleView,
    protects: ruleView,
    lockout: ruleView,
    pin: ruleView,
    passkeys: ruleView,
    countries: ruleView,
    minimumAcr: ruleView,
    spend: ruleView,
  }),
  parent: z.exactOptional(z.strictObject({ organizationId: z.string(), name: z.string() })),
  enforcedAt: z.exactOptional(timestamp),
  telephoneOnlyAcceptedBy: z.exactOptional(z.string()),
  applying: z.exactOptional(z.boolean()),
});
