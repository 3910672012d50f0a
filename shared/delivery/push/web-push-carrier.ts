/** Web Push: encrypted for the browser alone (RFC 8291), and only to the push services of browsers. */
import webPush from 'web-push';
import type { Push, PushCarrier, PushTarget, Woken } from './push-carrier.ts';
import type { VapidKeys } from './vapid-keys.ts';

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
  readonly fetch?: typeof globalThis.fetch;
}

const wokenBy = (status: number): Woken => (status >= 200 && status < 300 ? 'sent' : status === 404 || status === 410 ? 'gone' : 'failed');

export function webPushCarrier({ keys, subject, fetch = globalThis.fetch }: WebPushOptions): PushCarrier {
  const detailsOf = (target: Extract<PushTarget, { kind: 'web' }>, { organizationName, text, lifeSeconds }: Push) =>
    webPush.generateRequestDetails(
      { endpoint: target.endpoint, keys: { p256dh: target.p256dh, auth: target.auth } },
      JSON.stringify({ title: organizationName, body: text }),
      { vapidDetails: { subject, ...keys }, TTL: lifeSeconds, urgency: 'high', contentEncoding: 'aes128gcm' },
    );
  return {
    wake: async (target, push) => {
      if (target.kind !== 'web' || !isPushService(target.endpoint)) return 'failed';
      try {
        const { endpoint, method, headers, body } = detailsOf(target, push);
        const sent = { method, headers: headers as Record<string, string>, body: new Uint8Array(body ?? []) };
        const { status } = await fetch(endpoint, { ...sent, redirect: 'error', signal: AbortSignal.timeout(patience) });
        return wokenBy(status);
      } catch {
        return 'failed';
      }
    },
  };
}
