/** A device says where it can be woken: by its browser's push service, or, in a native shell, through Amazon SNS. */
import type { PushTarget } from '../../delivery/push/push-carrier.ts';
import type { NativePush, PushPlatform } from '../../delivery/push/sns-push-carrier.ts';
import { isPushService } from '../../delivery/push/web-push-carrier.ts';
import { vapidKeys } from '../../delivery/push/vapid-keys.ts';
import { Problem } from '../../platform/problems/problem.ts';
import type { CommitDependencies } from '../../user-state/commit.ts';
import { openUserKey } from '../../users/user-keys.ts';
import type { AdmittedDevice } from './admit-device.ts';
import { pushTargetWrite } from './push-target.ts';

export interface SubscribeInput {
  readonly web?: { readonly endpoint: string; readonly p256dh: string; readonly auth: string } | undefined;
  readonly native?: { readonly platform: PushPlatform; readonly token: string } | undefined;
}

export interface SubscribeDependencies extends CommitDependencies {
  readonly nativePush: Pick<NativePush, 'register'>;
}

export interface Subscribed {
  /** What a browser subscribes with (RFC 8292). */
  readonly applicationServerKey: string;
  readonly subscribed: boolean;
}

async function targetOf({ nativePush }: SubscribeDependencies, { web, native }: SubscribeInput): Promise<PushTarget | undefined> {
  if (web) {
    if (!isPushService(web.endpoint)) throw new Problem('request-invalid', { detail: 'This is no push service that is known here.' });
    return { kind: 'web', ...web };
  }
  const endpointArn = native && (await nativePush.register(native.platform, native.token));
  return endpointArn === undefined ? undefined : { kind: 'native', endpointArn };
}

export async function subscribe(deps: SubscribeDependencies, device: AdmittedDevice, input: SubscribeInput): Promise<Subscribed> {
  const { home, organization, state, factorId } = device;
  const applicationServerKey = vapidKeys(deps.keys.pushes).publicKey;
  const target = await targetOf(deps, input);
  if (!target) return { applicationServerKey, subscribed: false };
  const whose = { userKey: home.userKey, state, factorId, key: openUserKey(deps.keys, organization, state) };
  await deps.table.transact([pushTargetWrite(deps.table.name, whose, target, deps.clock.now(), deps.random)]);
  return { applicationServerKey, subscribed: true };
}
