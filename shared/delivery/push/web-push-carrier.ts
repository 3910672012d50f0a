/** Web Push: encrypted for the browser alone (RFC 8291), and only to the push services of browsers. */
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import { encryptPush } from './encrypt-push.ts';
import type { Push, PushCarrier, WebTarget, Woken } from './push-carrier.ts';
import { vapidHeader, type VapidKeys } from './vapid-keys.ts';

/** A device names the address that we call: anything else than these could be a machine of ours (SSRF). */
const pushServices = [/^fcm\.googleapis\.com$/, /^updates\.push\.services\.mozilla\.com$/, /^[\w-]+\.notify\.windows\.com$/, /^([\w-]+\.)?push\.apple\.com$/];

export function isPushService(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password } = new URL(address);
  return protocol === 'https:' && port === '' && username === '' && password === '' && pushServices.some((service) => service.test(hostname));
}

const patience = 3000;

export interface WebPushOptions {
  readonly keys: VapidKeys;
  /** Whom a push service may complain to: an address of ours. */
  readonly subject: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly fetch?: typeof globalThis.fetch;
}

const wokenBy = (status: number): Woken => (status >= 200 && status < 300 ? 'sent' : status === 404 || status === 410 ? 'gone' : 'failed');

function requestOf({ keys, subject, clock, random }: WebPushOptions, target: WebTarget, { organizationName, text, lifeSeconds }: Push): RequestInit {
  const content = JSON.stringify({ title: organizationName, body: text });
  const headers = {
    authorization: vapidHeader(keys, target.endpoint, subject, clock.now()),
    'content-encoding': 'aes128gcm',
    'content-type': 'application/octet-stream',
    ttl: String(lifeSeconds),
    urgency: 'high',
  };
  return { method: 'POST', headers, body: new Uint8Array(encryptPush(target, Buffer.from(content), random)) };
}

export function webPushCarrier(options: WebPushOptions): PushCarrier {
  const { fetch = globalThis.fetch } = options;
  return {
    wake: async (target, push) => {
      if (target.kind !== 'web' || !isPushService(target.endpoint)) return 'failed';
      try {
        const { status } = await fetch(target.endpoint, { ...requestOf(options, target, push), redirect: 'error', signal: AbortSignal.timeout(patience) });
        return wokenBy(status);
      } catch {
        return 'failed';
      }
    },
  };
}
