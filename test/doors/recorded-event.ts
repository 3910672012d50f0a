/** A recorded event, cloned, so that a test may change one field of it. */
import { readFileSync } from 'node:fs';

const folder = new URL('../../events/', import.meta.url);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- events are untrusted data: doors must read them as such
export function recordedEvent(name: string, change: (event: any) => void = () => undefined): any {
  const event: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  change(event);
  return event;
}
