/** The shapes of a user's factors (docs/api/README.md, Users and their factors). */
import * as z from 'zod/mini';
import { appMethods, phoneMethods } from '../../../shared/user-state/methods.ts';
import { factorChoice, progress } from './challenge-answers.ts';
import { answer, issuer, label, noBody, objectId, timestamp } from './names.ts';

const digits = (most: number) => z.string().check(z.regex(new RegExp(`^\\d{1,${most}}$`), 'must be digits'));

/** The country form (row 0.4). */
export const phoneNumberFields = {
  country: z.enum(['US/CA', 'other']),
  callingCode: z.optional(z.string().check(z.regex(/^\+?\d{1,3}$/, 'must be 1 to 3 digits'))),
  phoneNumber: z.string().check(z.minLength(3), z.maxLength(32)),
  extension: z.optional(digits(8)),
};

export const phoneNumber = z.union([z.string().check(z.minLength(3), z.maxLength(32)), z.strictObject(phoneNumberFields)]);

const numbers = z.strictObject({ primary: z.optional(phoneNumber), secondary: z.optional(phoneNumber) });
const phoneMethod = z.enum(phoneMethods);
export const pin = z.string().check(z.minLength(1), z.maxLength(16));
const proofs = z.array(z.string().check(z.minLength(1), z.maxLength(4096))).check(z.maxLength(4));

const authority = { challengeId: z.optional(objectId), proofs: z.optional(proofs) };

/** As it is printed on the token: spaces and case do not matter. */
const credentialId = z.string().check(z.minLength(1), z.maxLength(64));

export const addFactorRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('passkey'), label: z.optional(label), ...authority }),
  z.strictObject({ kind: z.literal('totp'), issuer: z.optional(issuer), label: z.optional(label), ...authority }),
  z.strictObject({ kind: z.literal('token'), credentialId, label: z.optional(label), ...authority }),
  z.strictObject({ kind: z.literal('phone'), method: phoneMethod, pin: z.optional(pin), numbers, label: z.optional(label), ...authority }),
  z.strictObject({ kind: z.literal('email'), label: z.optional(label), ...authority }),
  z.strictObject({ kind: z.literal('app'), method: z.enum(appMethods), pin: z.optional(pin), label: z.optional(label), ...authority }),
]);

/** The second code for tokens only, which are confirmed by two in a row. */
export const confirmFactorRequest = z.strictObject({ answer, nextAnswer: z.optional(answer) });
export const resyncFactorRequest = z.strictObject({ answer, nextAnswer: answer });

export const changeFactorRequest = z.strictObject({
  label: z.optional(label),
  status: z.optional(z.enum(['active', 'inactive'])),
  rank: z.optional(z.int().check(z.minimum(0), z.maximum(99))),
  method: z.optional(z.enum([...phoneMethods, ...appMethods])),
  pin: z.optional(pin),
  numbers: z.optional(numbers),
  ...authority,
});

export const removeFactorRequest = z.strictObject(authority);
export const sendFactorRequest = noBody;
export const recoveryKeyRequest = z.strictObject({ proofs: z.optional(proofs) });

const numberView = z.strictObject({ hint: z.string(), hasExtension: z.boolean(), proved: z.boolean() });

const factorFields = {
  ...factorChoice.shape,
  status: z.enum(['proving', 'active', 'inactive', 'disabled']),
  createdAt: timestamp,
  rank: z.optional(z.number()),
  acr: z.optional(z.string()),
  numbers: z.optional(z.strictObject({ primary: z.optional(numberView), secondary: z.optional(numberView) })),
  unreachable: z.optional(z.enum(['moved', 'problem'])),
  progress: z.optional(progress),
};

export const factorResponse = z.strictObject(factorFields);

export const confirmFactorResponse = z.strictObject({ ...factorFields, reason: z.optional(z.string()), answersLeft: z.optional(z.number()), recoveryKey: z.optional(z.string()) });

/** With what is shown once: the secret of an authenticator app, the link that pairs our own. */
export const addFactorResponse = z.strictObject({
  ...factorFields,
  secret: z.optional(z.string()),
  accountName: z.optional(z.string()),
  otpauthUri: z.optional(z.string()),
  pairingUri: z.optional(z.string()),
  qrCode: z.optional(z.string()),
  publicKey: z.optional(z.record(z.string(), z.unknown())),
});

export const factorSchemas = {
  addFactor: { request: addFactorRequest, response: addFactorResponse, status: 201 },
  getFactor: { response: factorResponse, status: 200 },
  sendFactor: { request: sendFactorRequest, response: factorResponse, status: 200 },
  confirmFactor: { request: confirmFactorRequest, response: confirmFactorResponse, status: 200 },
  resyncFactor: { request: resyncFactorRequest, response: confirmFactorResponse, status: 200 },
  changeFactor: { request: changeFactorRequest, response: factorResponse, status: 200 },
  removeFactor: { request: removeFactorRequest, status: 204 },
  renewRecoveryKey: { request: recoveryKeyRequest, response: z.strictObject({ recoveryKey: z.string() }), status: 201 },
} as const;
