/** The two pages for a person: the telephone with its inbox, and the demo portal. */
import { startPhonePage } from '../phone-page/server.ts';
import type { Ports } from './ports.ts';
import type { Stops } from './stops.ts';
import type { Clock } from '../clock.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Seed } from '../seed.ts';
import type { Connect } from '../telephone/connect.ts';

export interface PagesDependencies {
  readonly ports: Ports;
  readonly apiUrl: string;
  readonly contents: Seed;
  readonly clock: Clock;
  readonly connect: Connect;
  readonly outbox: Outbox;
}

/** Starts both, on the ports that were kept for them. */
export async function startPages(
  deps: PagesDependencies,
  stops: Stops,
): Promise<{ portalUrl: string; phoneUrl: string }> {
  const { ports, apiUrl, contents, clock, connect, outbox } = deps;
  const { startPortal } = await import('../portal/portal.ts');
  const { clientKey, organizationId, demo, firstFactorSecret = '' } = contents;
  const portal = await startPortal({ port: ports.portal, apiUrl, clientKey, organizationId, demo, firstFactorSecret, now: () => clock.now() });
  stops.push(() => portal.stop());
  const phonePage = await startPhonePage({
    port: ports.phone,
    connect,
    outbox,
    advanceClock: (seconds) => clock.advance(seconds),
    now: () => clock.now(),
    portalUrl: portal.url,
  });
  stops.push(() => phonePage.stop());
  return { portalUrl: portal.url, phoneUrl: phonePage.url };
}
