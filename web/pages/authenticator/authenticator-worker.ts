/** Shows a push, and opens the app when it is pressed. It keeps nothing and answers nothing: what is asked is shown in the app. */

interface PushedEvent extends Event {
  readonly data: { json(): { readonly title?: string; readonly body?: string } } | null;
  waitUntil(work: Promise<unknown>): void;
}

interface PressedEvent extends Event {
  readonly notification: { close(): void };
  waitUntil(work: Promise<unknown>): void;
}

interface OpenWindow {
  readonly url: string;
  focus(): Promise<unknown>;
  postMessage(message: string): void;
}

interface Worker {
  readonly registration: { showNotification(title: string, options: object): Promise<void> };
  readonly clients: { matchAll(options: object): Promise<readonly OpenWindow[]>; openWindow(url: string): Promise<unknown> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'push', listener: (event: PushedEvent) => void): void;
  addEventListener(name: 'notificationclick', listener: (event: PressedEvent) => void): void;
  addEventListener(name: 'install', listener: (event: Event) => void): void;
}

const worker = self as unknown as Worker;
const page = '/authenticator';

async function openWindows(): Promise<OpenWindow[]> {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.filter(({ url }) => new URL(url).pathname === page);
}

async function show({ title = 'Countersign', body = '' }: { title?: string; body?: string }): Promise<void> {
  await worker.registration.showNotification(title, { body, tag: 'countersign', requireInteraction: true });
  for (const each of await openWindows()) each.postMessage('look');
}

async function open(): Promise<void> {
  const [first] = await openWindows();
  await (first ? first.focus() : worker.clients.openWindow(page));
}

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('push', (event) => event.waitUntil(show(event.data?.json() ?? {})));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open());
});
