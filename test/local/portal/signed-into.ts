/** Challenges as the contract has them, and a browser that has begun to sign in. */
import { demo, openPortal, type Asked, type Reply } from './fake-countersign.ts';

const factors = [
  { factorId: 'fac_totp', kind: 'totp' },
  { factorId: 'fac_phone', kind: 'phone', method: 'call-match', hint: '+1 ••• ••• ••42' },
];
export const pending = { challengeId: 'chl_1', status: 'pending', factors, expiresAt: '2026-11-21T19:10:00Z' };
export const approved = { challengeId: 'chl_1', status: 'approved', result: 'eyJ.result', factors: [] };
let nonce = '';

export function claims(changes: object = {}): object {
  const own = { aud: ['cli_1', 'portal'], sub: 'demo', org: 'acme', nonce, txn: 'chl_1', purpose: 'sign-in' };
  return { ...own, iss: 'http://localhost', jti: 'j', iat: 1, exp: 61, amr: ['pwd', 'otp'], acr: 'otp', ...changes };
}

/** Starts as `first`, and is answered and asked again as `then`; a result is redeemed with `redeemed`. */
export function replies(first: Reply, then: Reply = first, redeemed: () => Reply = claims) {
  return ({ path, body }: Asked): Reply => {
    if (path === '/v1/challenges') {
      nonce = body.nonce;
      return first;
    }
    if (path === '/v1/results/redeem') return redeemed();
    if (path.endsWith('/send')) return { factorId: body.factorId, attempt: 1, of: 5, state: 'queued' };
    return then;
  };
}

/** A browser that has given name and password. */
export async function signedInto(reply: (asked: Asked) => Reply) {
  const opened = await openPortal(reply);
  const answer = await opened.browser.post('/sign-in', demo);
  return { ...opened, answer };
}
