/** People who open the console in a browser, and the little that all its tests do there. */
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { startPagesWorld, type Opened, type PagesWorld } from './pages-world.ts';

export interface ConsoleWorld extends PagesWorld {
  /** A user of an organization, new, with a role; of the demo organization when none is named. */
  person(userId: string, role: string, more?: Record<string, unknown>, organizationId?: string): Promise<void>;
  /** The same, with an authenticator app: gives its key. */
  confirming(userId: string, role: string): Promise<string>;
  /** A browser in which the person's console is open. */
  openConsole(userId: string, options?: BrowserContextOptions, organizationId?: string): Promise<Opened>;
  user(userId: string, organizationId?: string): Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- what came over the wire, judged by the assertions
}

export const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { level: 1, name });
export const dialog = (page: Page): Locator => page.getByRole('dialog').last();
export const press = (place: Page | Locator, name: string | RegExp): Promise<void> => place.getByRole('button', { name }).click();

/** The dialog that asks again who it is, answered by the authenticator app. */
export async function confirm(page: Page, code: string): Promise<void> {
  const asked = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await asked.getByLabel('Six-digit code').fill(code);
  await page.keyboard.press('Enter');
  await asked.waitFor({ state: 'detached' });
}

export async function startConsoleWorld(): Promise<ConsoleWorld> {
  const pages = await startPagesWorld();
  const { world } = pages;
  const pathOf = (userId: string, organizationId = world.organizationId): string => `/v1/organizations/${organizationId}/users/${encodeURIComponent(userId)}`;
  const person: ConsoleWorld['person'] = async (userId, role, more = {}, organizationId = world.organizationId) => {
    const fields = { displayName: `Person ${userId}`, email: `${userId}@acme.example`, emailVerified: true, identity: 'local', role, ...more };
    const { status, body } = await world.api('PUT', pathOf(userId, organizationId), fields);
    if (status !== 201) throw new Error(JSON.stringify(body));
  };
  return {
    ...pages,
    person,
    confirming: async (userId, role) => {
      await person(userId, role);
      return (await world.addTotp(userId)).secret;
    },
    openConsole: async (userId, options, organizationId = world.organizationId) => {
      const opened = await pages.open(options);
      const { status, body } = await world.api('POST', '/v1/page-sessions', { page: 'console', organizationId, userId, returnUrl: pages.returnUrl });
      if (status !== 201) throw new Error(JSON.stringify(body));
      await opened.page.goto(body.url);
      return opened;
    },
    user: async (userId, organizationId) => (await world.api('GET', pathOf(userId, organizationId))).body,
  };
}
