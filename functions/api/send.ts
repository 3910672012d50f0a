/** Sending for a challenge: a call, a text, a mail, a push. */
import { callKey, callPartition } from '../../shared/delivery/call-record.ts';
import { Problem } from '../../shared/platform/problems/problem.ts';
import { needChallenge } from '../../shared/sign-in/sign-in-dependencies.ts';
import { sendChallenge } from '../../shared/sign-in/sending/send-challenge.ts';
import { factorRandom } from '../../shared/factors/factor-id.ts';
import { apiDoor, handler as route } from './request/api-door.ts';
import { aboutPerson, challengeProfile, challengeRandom, challengeTarget } from './request/targets.ts';
import { withSenders } from './request/senders.ts';
import { sendChallengeRequest } from './wire/challenges.ts';

export const handler = apiDoor({
  sendChallenge: route({
    body: sendChallengeRequest,
    target: challengeTarget,
    also: (deps, parts) => [callKey(callPartition(challengeRandom(deps, parts))), challengeProfile(deps, parts)],
    handle: async (deps, call) => {
      const [sendItem, profile] = call.admitted.also;
      const about = aboutPerson(call, profile);
      const challengeId = challengeRandom(deps, call);
      needChallenge(about.state, challengeId, call.admitted.client.clientId);
      const factorId = factorRandom(deps.keys, about.home, call.body.factorId);
      if (!factorId) throw new Problem('not-found');
      const input = { challengeId, factorId, sendItem };
      return { status: 200, body: await sendChallenge(withSenders(deps), about, input) };
    },
  }),
});
