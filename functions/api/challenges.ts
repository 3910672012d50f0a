/** Sign-in: start, answer, read, cancel, redeem. */
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { needAudience, returnAddressOf } from '../../shared/clients/client.ts';
import { Problem } from '../../shared/platform/problems/problem.ts';
import { callKey, callPartition } from '../../shared/delivery/call-record.ts';
import { fromSendItem } from '../../shared/delivery/message-record.ts';
import { pagesOf } from '../../shared/pages/page-addresses.ts';
import { homeKeys } from '../../shared/platform/object-id.ts';
import { readResult } from '../../shared/results/result.ts';
import { answerChallenge } from '../../shared/sign-in/answer-challenge.ts';
import { cancelChallenge } from '../../shared/sign-in/cancel-challenge.ts';
import { getChallenge } from '../../shared/sign-in/get-challenge.ts';
import { redeemResult } from '../../shared/sign-in/redeem-result.ts';
import { startChallenge } from '../../shared/sign-in/start-challenge.ts';
import type { SignInDependencies } from '../../shared/sign-in/sign-in-dependencies.ts';
import { askBySoap } from '../../shared/tokens/vip/ask-by-soap.ts';
import { apiDoor, handler as route } from './request/api-door.ts';
import type { Dependencies } from '../start/dependencies.ts';
import { aboutUser, challengeRandom, challengeTarget } from './request/targets.ts';
import { answerChallengeRequest, emptyRequest, redeemResultRequest, startChallengeRequest } from './wire/challenges.ts';

const mostWaitSeconds = 20;

const withIssuer = (deps: Dependencies): SignInDependencies => ({
  ...deps,
  issuer: readEnvironment(['COUNTERSIGN_ISSUER']).COUNTERSIGN_ISSUER,
  vip: askBySoap(deps.random),
});

function readWait(text: string | undefined): number {
  if (text === undefined) return 0;
  if (!/^\d{1,2}$/.test(text) || Number(text) > mostWaitSeconds) {
    throw new Problem('request-invalid', { detail: `waitSeconds is a whole number up to ${mostWaitSeconds}.` });
  }
  return Number(text);
}

export const handler = apiDoor({
  startChallenge: route({
    body: startChallengeRequest,
    target: (_deps, { body }) => ({ kind: 'user', organizationId: body.organizationId, userId: body.userId }),
    handle: async (deps, call) => {
      const { client } = call.admitted;
      const { audience, returnUrl, context, organizationId: _organization, userId: _user, ...rest } = call.body;
      needAudience(client, audience);
      const returnAddress = returnAddressOf(client, returnUrl);
      const input = { ...rest, audience, clientId: client.clientId, seen: context ?? {}, returnAddress };
      const view = await startChallenge(withIssuer(deps), aboutUser(call), input);
      const pages = { pagesUrl: readEnvironment(['COUNTERSIGN_PAGES']).COUNTERSIGN_PAGES, now: deps.clock.now(), comesBack: returnUrl !== undefined };
      return { status: 201, body: { ...view, ...pagesOf(deps.keys, view, pages) } };
    },
  }),
  answerChallenge: route({
    body: answerChallengeRequest,
    target: challengeTarget,
    handle: async (deps, call) => {
      const input = { ...call.body, challengeId: challengeRandom(deps, call), clientId: call.admitted.client.clientId };
      return { status: 200, body: await answerChallenge(withIssuer(deps), aboutUser(call), input) };
    },
  }),
  cancelChallenge: route({
    body: emptyRequest,
    target: challengeTarget,
    handle: async (deps, call) => {
      const { clientId } = call.admitted.client;
      return { status: 200, body: await cancelChallenge(withIssuer(deps), aboutUser(call), challengeRandom(deps, call), clientId) };
    },
  }),
  getChallenge: route({
    body: emptyRequest,
    target: challengeTarget,
    also: (deps, parts) => [callKey(callPartition(challengeRandom(deps, parts)))],
    handle: async (deps, call) => {
      const input = {
        challengeId: challengeRandom(deps, call),
        clientId: call.admitted.client.clientId,
        record: fromSendItem(call.admitted.also[0]),
        waitSeconds: readWait(call.query['waitSeconds']),
      };
      return { status: 200, body: await getChallenge(withIssuer(deps), aboutUser(call), input) };
    },
  }),
  redeemResult: route({
    body: redeemResultRequest,
    target: (deps, { body }) => {
      const claims = readResult(deps.keys, withIssuer(deps).issuer, body.result);
      return claims ? { kind: 'home', home: homeKeys(deps.keys, claims.org, claims.sub) } : { kind: 'none' };
    },
    handle: async (deps, call) => {
      const own = withIssuer(deps);
      const claims = readResult(deps.keys, own.issuer, call.body.result);
      if (!claims) throw new Problem('result-invalid');
      return { status: 200, body: await redeemResult(own, aboutUser(call), claims, call.admitted.client.clientId) };
    },
  }),
});
