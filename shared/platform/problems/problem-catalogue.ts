/**
 * Every problem the API can answer with (RFC 9457), by name: the one list that doors, docs and tests read.
 * Clients branch on `type`, which is made of the name; names are never changed, only added.
 */
export const problemCatalogue = {
  'request-invalid': { status: 400, title: 'The request is not valid' },
  'cursor-invalid': { status: 400, title: 'The cursor was not made for this list' },
  'factor-ambiguous': { status: 400, title: 'More than one factor could take this answer: name one by factorId' },
  'key-invalid': { status: 401, title: 'The client key is missing, wrong or no longer valid' },
  'device-invalid': { status: 401, title: 'The signature of the device is missing, wrong, or of another time' },
  'page-session-over': { status: 401, title: 'The page has no session, or it is over: start again where it was opened' },
  'not-permitted': { status: 403, title: 'The client or the actor may not do this' },
  'policy-forbids': { status: 403, title: 'The policy of the organization forbids this' },
  'proof-required': { status: 403, title: 'This change needs a fresh proof of a strong enough factor' },
  'proof-invalid': { status: 403, title: 'A proof is not valid for this change, too old or already used' },
  'invitation-needed': { status: 403, title: 'A first factor needs the challenge that asked for it, or an invitation' },
  'pairing-invalid': { status: 403, title: 'This pairing link is not valid, too old or already used' },
  'not-found': { status: 404, title: 'There is nothing here by that name for this client' },
  'challenge-decided': { status: 409, title: 'The challenge has already been decided' },
  'answer-used': { status: 409, title: 'This code was already used: wait for the next one' },
  'nothing-sent': { status: 409, title: 'Nothing was sent to this factor for this challenge yet' },
  'wrong-channel': { status: 409, title: 'This factor is not answered through the API' },
  'factor-not-usable': { status: 409, title: 'This factor cannot be used for this challenge' },
  'factor-exists': { status: 409, title: 'The user has as many factors of this kind as are allowed' },
  'factor-not-proving': { status: 409, title: 'There is nothing to confirm on this factor' },
  'email-unusable': { status: 409, title: 'No code can be mailed to the address of this user' },
  'user-locked': { status: 409, title: 'The user is locked' },
  'user-suspended': { status: 409, title: 'The user is suspended' },
  'idempotency-conflict': { status: 409, title: 'The idempotency key was used for another request' },
  'shown-once': { status: 409, title: 'This was done, and what it made is shown only once' },
  'no-license': { status: 409, title: 'No license of this kind is free' },
  'order-too-small': { status: 409, title: 'The first order of a kind must cover what is in use already' },
  'result-redeemed': { status: 409, title: 'The result has already been redeemed' },
  'organization-conflict': { status: 409, title: 'The organization is being changed by someone else: try again' },
  'import-over': { status: 409, title: 'The import takes no more parts: it was finished, refused, or left for a day' },
  'token-assigned': { status: 409, title: 'The token is held by a user: remove it there first' },
  'token-unknown': { status: 404, title: 'There is no token by this credential ID that could be taken' },
  'token-taken': { status: 409, title: 'The token was taken by someone else in the meantime' },
  'client-keys-full': { status: 409, title: 'The client has two live keys already: remove one first' },
  'result-expired': { status: 410, title: 'The result is no longer valid' },
  'result-invalid': { status: 403, title: 'The result is not valid for this client' },
  'version-mismatch': { status: 412, title: 'It was changed since it was read' },
  'content-too-large': { status: 413, title: 'The request body is too large' },
  'content-type-unsupported': { status: 415, title: 'The request body must be application/json' },
  'number-refused': { status: 422, title: 'The phone number cannot be used' },
  'pin-refused': { status: 422, title: 'The PIN cannot be used' },
  'too-many-challenges': { status: 429, title: 'Too many sign-ins are being started for this user' },
  'too-many-sends': { status: 429, title: 'Too many calls or texts: wait before the next one' },
  'number-in-use': { status: 429, title: 'Another text to this number waits for its reply: wait, or use another factor' },
  'spend-limit': { status: 429, title: 'The budget for calls and texts is used up' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The service cannot decide this right now: try again' },
  'not-bootstrapped': { status: 503, title: 'This installation has no keys yet: run npm run bootstrap' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemName = keyof typeof problemCatalogue;

/** Absolute, stable, documented: one heading per name in docs/api/problems.md. */
export const problemType = (name: ProblemName): string => `https://countersign.dev/problems/${name}`;
