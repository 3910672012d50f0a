/** docs/api/problems.md: a heading for each problem of the catalogue, and what its reader can do about it. */
import { problemCatalogue, problemType, type ProblemName } from '../../shared/platform/problems/problem-catalogue.ts';

/** What the portal's developer can do, or tell the person to do. */
const advice: Readonly<Record<ProblemName, string>> = {
  'request-invalid':
    '`errors` names each field by JSON pointer, or `detail` says what is wrong with the whole. Unknown fields are refused, not ignored.',
  'cursor-invalid': 'A cursor goes with the list, filters and organization that it came from. Start the list again without one.',
  'factor-ambiguous': 'Several factors of this user take a typed answer: send `factorId` with it. The challenge lists them under `factors`.',
  'key-invalid': 'Send `Authorization: Bearer cs_live_…` with a live key of a client in service. A key that was removed opens nothing at once.',
  'device-invalid':
    'For the app, under `/app/`: the account was removed from this device, or its clock is more than five minutes wrong. Pair it again, or set the clock.',
  'page-session-over':
    'Only hosted pages meet it: the token of their address was used, or is over, or their session is. The person starts again at the portal.',
  'not-permitted':
    'The client lacks the scope, the audience or the return address; or the actor lacks the role, or is not in the subtree of the client.',
  'policy-forbids':
    '`detail` names the rule. Reading the policy shows who set each rule and whether it may be changed here; one set above can only be made stricter.',
  'proof-required':
    'Start a challenge with `"purpose": "change-factors"` for whoever makes the change. Have it approved with a factor as strong as the ' +
    'strongest that is in use, and send its result under `proofs`.',
  'proof-invalid':
    'A proof is the result of an own challenge with purpose `change-factors`, at most five minutes old, and it is spent by one change. Get another.',
  'invitation-needed':
    'A first factor is added with the `challengeId` of the pending challenge that said `enrollment-required`, or that offered set-up.',
  'pairing-invalid': 'A link pairs one device, once, within ten minutes. Set the app up again for a new one.',
  'not-found':
    'It does not exist, is over, or lies outside the subtree: the answer is the same on purpose. A challenge answers to the client that started it.',
  'challenge-decided': 'Another request has decided it. Read the challenge to see how; start another one if need be.',
  'answer-used': 'The code was used before, or is older than one that was. It was not counted as wrong. Wait for the next code.',
  'nothing-sent': 'Send first: `POST …/send` with this `factorId`. What was sent for another challenge, or to another factor, does not count.',
  'wrong-channel':
    'This factor is answered on the telephone or in the app: start the call, the text or the request with `POST …/send`, then read the challenge until it is decided.',
  'factor-not-usable':
    'It is not active, or the policy does not allow its method, or this installation has no telephony. Offer another one of `factors`.',
  'email-unusable':
    'The address is not verified, or mail came back from it (`emailProblem` of the user), or it was changed and has to be verified first. ' +
    '`detail` says which. Another factor may be there.',
  'factor-exists':
    'A user has at most two authenticator apps and one phone factor with two numbers, two tokens, codes by mail once, and two devices with our own app. Change or remove the one that is there.',
  'factor-not-proving': 'It is confirmed already. One that nobody confirms within 15 minutes is forgotten, and has to be added again.',
  'user-locked':
    'Wait until `lockedUntil`, or have the user unlocked by an administrator or the help desk. After a report of fraud only unlocking helps.',
  'user-suspended': 'An administrator resumes the user with `POST …/resume`.',
  'idempotency-conflict': 'One `Idempotency-Key` stands for one request. Take another key for another request.',
  'shown-once': 'The same request had been carried out; its reply was lost with the key that it showed. Ask for another key.',
  'no-license':
    '`detail` says how many are bought and used. Order more, or turn confirmation off for somebody who no longer needs it. App codes, mail and passkeys need no license.',
  'order-too-small': 'People set up their own before anything was ordered; `detail` says how many. Order at least as many by `quantity`.',
  'license-ordered': 'There is an order for this user that was not canceled: cancel it before you order again.',
  'agreement-changed': 'Show the person the agreement that `order-options` names now, and send its version once it was accepted.',
  'result-redeemed': 'A result can be redeemed once. If it was not you who did, refuse the sign-in.',
  'organization-conflict': 'Two changes met. Read the organization again and repeat yours.',
  'import-over': 'Read the import to see what became of it, and start another one. Parts come within 24 hours of the start.',
  'token-assigned': 'Remove the factor of the user who holds it, which returns it to the stock; then remove it there.',
  'token-unknown': 'No stock of this organization has it free: it was never imported, is held by someone, or is not here. Which of these is not told.',
  'token-taken': 'One token belongs to one user of one organization in the whole installation. Add another one.',
  'client-keys-full': 'Remove the older key once nothing uses it any more; then make the next.',
  'invitation-over': 'A link works once, for 24 hours, and only the newest one does. Ask the administrator or the helpdesk for another.',
  'enrollment-over': 'It was completed, canceled, has run out or could not be delivered: read it to see which. POST another one if it is still wanted.',
  'result-expired': 'A result is good for 60 seconds. Read the challenge while it is, or start another challenge.',
  'result-invalid': 'This service did not make it for this client, or not as it stands. Refuse the sign-in.',
  'version-mismatch': '`If-Match` must hold the `ETag` of the latest answer. Read again, look at what has changed, and repeat.',
  'content-too-large': 'A request has at most 16 KiB; a part of a token import at most 4 MiB and 5000 rows: send a larger file in parts.',
  'content-type-unsupported': 'Send `Content-Type: application/json`.',
  'number-refused':
    '`detail` says why: not complete, in a country that the policy does not list, premium or shared-cost, or one that the method cannot reach: an extension, ' +
    'a fixed line for texts, a country from which replies do not arrive.',
  'pin-refused': '`detail` says why: too short, one of the first that anyone would try, or part of the phone number.',
  'promo-code-refused': 'It does not exist, is over, or was used as often as it may be. Order without it, or with another.',
  'too-many-challenges':
    'At most three challenges of a user are pending, and ten are started or canceled in a minute. A start that carries its right answer needs no room.',
  'too-many-sends':
    'At most one call or text to a number in 30 seconds, five in an hour and ten in a day; five for a user in an hour; four for a challenge. ' +
    'An app is asked once at a time, for a minute; after five requests in an hour that were not approved it is not asked for an hour. Offer another factor. An address gets one invitation in 30 seconds, four an hour and eight a day; codes by mail are counted as calls are.',
  'number-in-use':
    'One text at a time waits for a reply on a number, and this one waits for another person who shares it. Wait, or offer another one of `factors`.',
  'too-many-lookups':
    'Lists of users are counted in the audit trail and bounded: 120 pages in a minute for one actor, 1,200 for a client that acts for itself. Wait for `Retry-After`.',
  'spend-limit': 'The budget of the organization, or of the country, is used up for today. Offer a factor that costs nothing.',
  'internal-error': 'A defect of the service, of which its operator is told. It never means that somebody was let in. Give the operator `instance`.',
  unavailable: 'Nothing was revealed. Repeat the same request, under the same `Idempotency-Key` where it had one.',
  'not-bootstrapped': 'The operator runs `npm run bootstrap` once, after the first deployment.',
};

const head = `<!-- Made by "npm run docs" of shared/platform/problems/problem-catalogue.ts and docs/generate/problems.ts. -->

# Problems

Errors are [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problem details, of the media type \`application/problem+json\`. Branch on
\`type\`, which is never changed. \`title\` is the same for every problem of a type; \`detail\` is for whoever reads the log; \`instance\` names
the request. 429 and 503 carry \`Retry-After\`. A wrong answer is not a problem but an outcome, and comes with status 200.
`;

export function problemsPage(): string {
  const sections = (Object.keys(problemCatalogue) as ProblemName[]).map((name) => {
    const { status, title } = problemCatalogue[name];
    return `## ${name}\n\n**${status}** ${title}.\n\n${advice[name]}\n\n\`${problemType(name)}\`\n`;
  });
  return [head, ...sections].join('\n');
}
