/** A user with our app on one device or more, beside the codes: requests are signed, admitted and decided as the door does it. */
import { appMethods, type AppMethod } from '../../shared/user-state/methods.ts';
import { callKey, callPartition } from '../../shared/delivery/call-record.ts';
import type { Push, PushTarget, Woken } from '../../shared/delivery/push/push-carrier.ts';
import { compressKey } from '../../shared/factors/device-key.ts';
import type { DeviceRequest } from '../../shared/factors/device-request.ts';
import { hashPin } from '../../shared/factors/kinds/phone.ts';
import { writeObjectId } from '../../shared/platform/object-id.ts';
import { admitDevice } from '../../shared/sign-in/app/admit-device.ts';
import { answerRequest, type AppAnswer, type AppAnswered } from '../../shared/sign-in/app/answer-request.ts';
import { listRequests, type AppRequest, type AppRequests } from '../../shared/sign-in/app/list-requests.ts';
import { pushTargetWrite } from '../../shared/sign-in/app/push-target.ts';
import type { ChallengeView } from '../../shared/sign-in/challenge-view.ts';
import { byPush } from '../../shared/sign-in/sending/by-push.ts';
import { sendChallenge } from '../../shared/sign-in/sending/send-challenge.ts';
import type { AppFactor } from '../../shared/user-state/factor.ts';
import { openUserKey } from '../../shared/users/user-keys.ts';
import { makeDevice, type Device } from './device.ts';
import { makeSignInWorld, randomOf, type Sent, type SignInWorld } from './sign-in-world.ts';

export const appPin = '482913';
export const allMethods = ['totp', 'phone:call', ...appMethods.map((method) => `app:${method}`)];

export interface PairedDevice {
  readonly device: Device;
  readonly id: Uint8Array;
  readonly factorId: string;
}

export interface AppWorld extends SignInWorld {
  readonly paired: readonly PairedDevice[];
  /** Whom the carrier was asked to wake, with what. */
  readonly woken: { target: PushTarget; push: Push }[];
  carrierAnswers: Woken;
  send(challengeId: string, position?: number, sent?: Sent): Promise<ChallengeView>;
  signed(path: string, body: unknown, position?: number): DeviceRequest;
  requests(position?: number): Promise<AppRequests>;
  /** The one that waits; throws when there is none. */
  asked(position?: number): Promise<AppRequest>;
  decide(answer: AppAnswer, position?: number): Promise<AppAnswered>;
  /** The same bytes again, as somebody who saw them would send them. */
  replay(request: DeviceRequest): Promise<AppAnswered>;
  subscribe(target: PushTarget, position?: number): Promise<void>;
}

export interface AppOptions {
  readonly method?: AppMethod;
  readonly devices?: number;
}

function makeFactor(world: SignInWorld, method: AppMethod): { factor: AppFactor; paired: PairedDevice } {
  const { stage, user } = world;
  const device = makeDevice();
  const id = new Uint8Array(stage.deps.random.bytes(8));
  const deviceKey = compressKey(Buffer.from(device.publicKey, 'base64url'));
  if (!deviceKey) throw new Error('a key of a test is no key');
  const pin = method === 'approve-pin' ? { pin: hashPin(stage.keys, user.state, id, appPin) } : {};
  const factor: AppFactor = { id, kind: 'app', status: 'active', createdAt: stage.clock.now(), method, deviceKey, ...pin };
  return { factor, paired: { device, id, factorId: writeObjectId(stage.keys, 'fac', { ...user.home, random: id }) } };
}

export async function makeAppWorld({ method = 'approve', devices = 1 }: AppOptions = {}): Promise<AppWorld> {
  const world = await makeSignInWorld();
  const { stage, deps, user } = world;
  await world.setPolicy({ methods: allMethods });
  const made = Array.from({ length: devices }, () => makeFactor(world, method));
  await world.setState((state) => ({ ...state, factors: [...state.factors, ...made.map(({ factor }) => factor)] }));
  const paired = made.map((each) => each.paired);
  const at = (position: number): PairedDevice => paired[position] ?? paired[0]!;
  const woken: AppWorld['woken'] = [];
  const sent: Woken = 'sent';
  const seen = { requestId: 'app-request', ipAddress: '192.0.2.7', userAgent: 'app' };
  const replay = async (request: DeviceRequest) =>
    answerRequest(deps, await admitDevice(deps, request, seen), JSON.parse(Buffer.from(request.body).toString()) as AppAnswer);
  const apps: AppWorld = Object.assign(Object.create(world) as SignInWorld, {
    paired,
    woken,
    carrierAnswers: sent,
    send: async (challengeId: string, position = 0, sent: Sent = {}) => {
      const carrier = { wake: (target: PushTarget, push: Push) => Promise.resolve((woken.push({ target, push }), apps.carrierAnswers)) };
      const random = randomOf(stage, challengeId);
      const [sendItem] = await stage.table.read([callKey(callPartition(random))]);
      const own = { ...deps, senders: { push: byPush(() => carrier) } };
      return sendChallenge(own, await world.about(sent, 'send', challengeId), { challengeId: random, factorId: at(position).id, sendItem });
    },
    signed: (path: string, body: unknown, position = 0): DeviceRequest => {
      const { device, factorId } = at(position);
      const parts = { path, factorId, time: Math.floor(stage.clock.now() / 1000), body: JSON.stringify(body) };
      return { method: 'POST', path, factorId, time: String(parts.time), signature: device.signature(parts), body: Buffer.from(parts.body) };
    },
    requests: async (position = 0) => listRequests(deps, await admitDevice(deps, apps.signed('/app/requests', {}, position), seen)),
    asked: async (position = 0) => {
      const [request] = (await apps.requests(position)).requests;
      if (!request) throw new Error('nothing waits for this device');
      return request;
    },
    decide: (answer: AppAnswer, position = 0) => replay(apps.signed('/app/answer', answer, position)),
    replay,
    subscribe: async (target: PushTarget, position = 0) => {
      const whose = { userKey: user.home.userKey, state: user.state, factorId: at(position).id, key: openUserKey(stage.keys, world.organization, user.state) };
      await stage.table.transact([pushTargetWrite(stage.table.name, whose, target, stage.clock.now(), stage.deps.random)]);
    },
  });
  return apps;
}

/** A sign-in that waits in the app. */
export async function push(world: AppWorld, position = 0): Promise<string> {
  const { challengeId } = await world.start();
  await world.send(challengeId, position);
  return challengeId;
}
