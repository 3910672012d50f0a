/** A reseller with two companies, and who administers and audits them, in the console of a local stack. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startPagesWorld, type Opened, type PagesWorld } from './pages-world.ts';

export interface SectionsWorld {
  readonly pages: PagesWorld;
  /** The console as this person sees it, at a place such as `company-two/policy`. */
  open(who: Who, place: string, options?: BrowserContextOptions): Promise<Opened>;
  /** What curl would do: the portal's key, with the person named. */
  asked(who: Who, method: string, path: string, body?: unknown): ReturnType<PagesWorld['world']['api']>;
  stop(): Promise<void>;
}

export const people = {
  reseller: ['reseller-one', 'rita'],
  company: ['company-two', 'carl'],
  auditor: ['company-two', 'audrey'],
} as const;
export type Who = keyof typeof people;

export const actorOf = (who: Who): string => people[who].join('/');

export async function startSectionsWorld(): Promise<SectionsWorld> {
  const pages = await startPagesWorld();
  const { world, returnUrl } = pages;
  const put = async (path: string, body: object): Promise<void> => {
    const { status, body: answer } = await world.api('PUT', path, body);
    if (status >= 300) throw new Error(JSON.stringify(answer));
  };
  await put('/v1/organizations/reseller-one', { name: 'Reseller One' });
  await put('/v1/organizations/company-two', { name: 'Company Two', parentId: 'reseller-one' });
  await put('/v1/organizations/company-three', { name: 'Company Three', parentId: 'reseller-one' });
  const profile = (displayName: string, userId: string) => ({ displayName, email: `${userId}@acme.example`, emailVerified: true, identity: 'local' });
  await put('/v1/organizations/reseller-one/users/rita', profile('Rita Reseller', 'rita'));
  await put('/v1/organizations/company-two/users/carl', profile('Carl Company', 'carl'));
  await put('/v1/organizations/company-two/users/audrey', { ...profile('Audrey Auditor', 'audrey'), role: 'auditor' });
  return {
    pages,
    open: async (who, place, options) => {
      const [organizationId, userId] = people[who];
      const session = await world.api('POST', '/v1/page-sessions', { page: 'console', organizationId, userId, returnUrl }, { actor: actorOf(who) });
      if (session.status !== 201) throw new Error(JSON.stringify(session.body));
      const opened = await pages.open(options);
      await opened.page.goto(session.body.url);
      await opened.page.getByRole('heading', { level: 1 }).waitFor();
      await goTo(opened.page, place);
      return opened;
    },
    asked: (who, method, path, body) => world.api(method, path, body, { actor: actorOf(who) }),
    stop: () => pages.stop(),
  };
}

/** As by a bookmark. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#/${place}`);
  await page.waitForFunction(() => document.querySelector('main h2, main h3, main table, main form') !== null);
}
