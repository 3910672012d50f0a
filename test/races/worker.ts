/** One server process of a race: the real operations, each with its own read, all started at once when told to. */
import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { fromOrganizationItem, organizationItemKey } from '../../shared/organizations/organization.ts';
import { makeKeyRing } from '../../shared/platform/crypto/key-ring.ts';
import { openTable } from '../../shared/platform/dynamo/table.ts';
import { readObjectId } from '../../shared/platform/object-id.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import { admitDevice } from '../../shared/sign-in/app/admit-device.ts';
import { answerRequest, type AppAnswer } from '../../shared/sign-in/app/answer-request.ts';
import { answerChallenge } from '../../shared/sign-in/answer-challenge.ts';
import { cancelChallenge } from '../../shared/sign-in/cancel-challenge.ts';
import type { ChallengeView } from '../../shared/sign-in/challenge-view.ts';
import type { About, SignInDependencies } from '../../shared/sign-in/sign-in-dependencies.ts';
import { answerText } from '../../shared/sign-in/text-reply/answer-text.ts';
import { startChallenge } from '../../shared/sign-in/start-challenge.ts';
import { markRequest } from '../../shared/user-state/receipts.ts';
import { fromUserStateItem, userStateKey } from '../../shared/user-state/user-state-item.ts';
import { localClient } from '../../local/database/create-table.ts';
import type { Order, Stand, Task, Told } from './tasks.ts';

const tell = (told: Told): void => void process.send?.(told);
let requests = 0;

function makeDependencies({ endpoint, table, root, at }: Stand): SignInDependencies {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signing = { kid: 'race', privateKey };
  const keys = makeKeyRing(new Map([[1, Buffer.from(root, 'base64')]]), signing, [{ kid: 'race', publicKey, jwk: {} }]);
  return {
    table: openTable(localClient(endpoint), table), keys, clock: { now: () => at }, random: systemRandom,
    pause: (milliseconds) => pause(milliseconds), issuer: 'https://id.example.com',
  };
}

async function readAbout(deps: SignInDependencies, { organizationKey, userKey }: Stand, clientId: string): Promise<About> {
  const [organization = {}, state = {}] = await deps.table.read([organizationItemKey(organizationKey), userStateKey(userKey)]);
  requests += 1;
  const requestId = `${String(process.pid)}/${String(requests)}`;
  return {
    home: { organizationKey, userKey }, organization: fromOrganizationItem(organization), state: fromUserStateItem(state),
    context: { requestId, door: 'api', clientId }, mark: markRequest(deps.keys, clientId, requestId, []),
  };
}

const asked = { audience: 'portal', purpose: 'sign-in', firstFactor: 'password', seen: {} } as const;

async function decide(deps: SignInDependencies, { factorId, time, signature, body }: Extract<Task, { do: 'decide' }>): Promise<string> {
  const request = { method: 'POST', path: '/app/answer', factorId, time, signature: Buffer.from(signature, 'base64'), body: Buffer.from(body) };
  const device = await admitDevice(deps, request, { requestId: 'race' });
  return (await answerRequest(deps, device, JSON.parse(body) as AppAnswer)).outcome;
}

async function perform(deps: SignInDependencies, stand: Stand, task: Exclude<Task, { do: 'decide' | 'reply' }>): Promise<ChallengeView> {
  const clientId = task.clientId ?? 'portal1234567890';
  const about = await readAbout(deps, stand, clientId);
  const random = (id: string) => readObjectId(deps.keys, 'chl', id)?.random ?? new Uint8Array();
  switch (task.do) {
    case 'answer':
      return answerChallenge(deps, about, { clientId, challengeId: random(task.challengeId), answer: task.answer, factorId: task.factorId });
    case 'cancel':
      return cancelChallenge(deps, about, random(task.challengeId), clientId);
    case 'start':
      return startChallenge(deps, about, { ...asked, clientId, ...(task.answer ? { answer: task.answer } : {}) });
    case 'start-and-cancel': {
      const { challengeId } = await startChallenge(deps, about, { ...asked, clientId });
      return cancelChallenge(deps, await readAbout(deps, stand, clientId), random(challengeId), clientId);
    }
  }
}

/** What a caller is told: a status, with its reason, or a problem. */
async function outcomeOf(deps: SignInDependencies, stand: Stand, task: Task): Promise<string> {
  try {
    if (task.do === 'reply') {
      requests += 1;
      const messageId = task.messageId ?? `${String(process.pid)}/${String(requests)}`;
      return await answerText(deps, { from: task.from, text: task.text, messageId }, messageId);
    }
    if (task.do === 'decide') return await decide(deps, task);
    const { status, reason } = await perform(deps, stand, task);
    return reason === 'wrong-answer' ? `${status}/wrong-answer` : status;
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  }
}

let stand: Stand | undefined;
let deps: SignInDependencies | undefined;

async function obey(order: Order): Promise<void> {
  if ('stand' in order) {
    stand = order.stand;
    deps = makeDependencies(stand);
    // Sockets are open and code is loaded before the start is given.
    const warm = deps;
    await Promise.all(Array.from({ length: 20 }, () => warm.table.read([{ pk: 'warm', sk: 'up' }])));
    return tell({ tell: 'ready' });
  }
  if (!stand || !deps) return;
  const [place, own] = [stand, deps];
  tell({ tell: 'done', outcomes: await Promise.all(order.tasks.map((task) => outcomeOf(own, place, task))) });
}

process.on('message', (order: Order) => void obey(order));
process.on('disconnect', () => process.exit(0));
