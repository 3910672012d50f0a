/** Being woken: a service worker that shows pushes, and the browser's push service, told to each account. Without them the app asks by itself. */
import { fromBase64Url, toBase64Url } from './base64url.ts';
import type { Account } from './keeping.ts';
import { askSigned } from './signed-ask.ts';

/** The worker's address, which the build knows. */
const workerAddress = (): string | undefined => document.querySelector<HTMLMetaElement>('meta[name="worker"]')?.content;

/** The one address that the pages' own rules let become a script. */
function trusted(address: string): string {
  const types = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(text: string): string } } }).trustedTypes;
  return types ? types.createPolicy('countersign-worker', { createScriptURL: (text: string) => text }).createScriptURL(address) : address;
}

let registered: Promise<ServiceWorkerRegistration | undefined> | undefined;

async function register(): Promise<ServiceWorkerRegistration | undefined> {
  const address = workerAddress();
  if (!('serviceWorker' in navigator) || address === undefined) return undefined;
  return navigator.serviceWorker.register(trusted(address)).catch(() => undefined);
}

export function openWorker(): Promise<ServiceWorkerRegistration | undefined> {
  registered ??= register();
  return registered;
}

export const canBeWoken = (): boolean => 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis && Notification.permission !== 'denied';

export const isAllowedToWake = (): boolean => 'Notification' in globalThis && Notification.permission === 'granted';

async function subscriptionOf(worker: ServiceWorkerRegistration, applicationServerKey: string): Promise<PushSubscription> {
  const known = await worker.pushManager.getSubscription();
  return known ?? worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: fromBase64Url(applicationServerKey) });
}

function wireOf(subscription: PushSubscription): object {
  const [p256dh, auth] = [subscription.getKey('p256dh'), subscription.getKey('auth')];
  return { web: { endpoint: subscription.endpoint, p256dh: p256dh && toBase64Url(p256dh), auth: auth && toBase64Url(auth) } };
}

/** False when this browser, or its push service, will not: the app still asks while it is open. */
export async function subscribeAccounts(accounts: readonly Account[]): Promise<boolean> {
  const worker = await openWorker();
  const [first] = accounts;
  if (!worker || !first || !isAllowedToWake()) return false;
  try {
    const { applicationServerKey } = await askSigned<{ applicationServerKey: string }>(first, 'subscription');
    const wire = wireOf(await subscriptionOf(worker, applicationServerKey));
    await Promise.all(accounts.map((account) => askSigned(account, 'subscription', wire)));
    return true;
  } catch {
    return false;
  }
}
