/** The port to what wakes an app: the browsers' push services, or Amazon SNS for a native shell. It only wakes; the app then asks us. */

/** As a browser gives it (RFC 8030, RFC 8291). */
export interface WebTarget {
  readonly kind: 'web';
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export interface NativeTarget {
  readonly kind: 'native';
  readonly endpointArn: string;
}

export type PushTarget = WebTarget | NativeTarget;

/** What a locked screen may show: whose account, and that somebody waits. Nothing that decides anything. */
export interface Push {
  readonly organizationName: string;
  readonly text: string;
  readonly lifeSeconds: number;
}

/** `gone`: nobody is there any more, and never will be. */
export type Woken = 'sent' | 'gone' | 'failed';

export interface PushCarrier {
  wake(target: PushTarget, push: Push): Promise<Woken>;
}

/** Each target by the carrier that knows it; one that this installation has no carrier for wakes nobody. */
export function pushCarrier(carriers: { readonly web: PushCarrier; readonly native?: PushCarrier }): PushCarrier {
  return { wake: async (target, push) => carriers[target.kind]?.wake(target, push) ?? 'failed' };
}
