/** What wakes apps: Web Push anywhere, and Amazon SNS where the stage has a platform application for it. */
import { systemClock } from '../../shared/platform/clock.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import type { KeyRing } from '../../shared/platform/crypto/key-ring.ts';
import { readOptional } from '../../shared/platform/config/environment.ts';
import { pushCarrier, type PushCarrier } from '../../shared/delivery/push/push-carrier.ts';
import { snsPushCarrier, type NativePush, type PushApplications } from '../../shared/delivery/push/sns-push-carrier.ts';
import { vapidKeys } from '../../shared/delivery/push/vapid-keys.ts';
import { webPushCarrier } from '../../shared/delivery/push/web-push-carrier.ts';

let native: NativePush | undefined;

/** Made once per process: the client behind it keeps its connections. */
export function getNativePush(): NativePush {
  native ??= snsPushCarrier(JSON.parse(readOptional('COUNTERSIGN_PUSH') ?? '{}') as PushApplications);
  return native;
}

/** Push services want an address to complain to, over TLS; on one machine there is none. */
const subject = (): string => (readOptional('COUNTERSIGN_ISSUER') ?? '').replace(/^http:/, 'https:');

export function openPushCarrier(keys: KeyRing): PushCarrier {
  return pushCarrier({ web: webPushCarrier({ keys: vapidKeys(keys.pushes), subject: subject(), clock: systemClock, random: systemRandom }), native: getNativePush() });
}
