/** The security page in a browser: opened as a portal opens it, with the code, the telephone and the mailbox at hand. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { eventually } from '../journeys/local-world.ts';
import { startPagesWorld, type Opened, type PagesWorld } from './pages-world.ts';

export interface SecurityWorld extends PagesWorld {
  /** The settings of somebody who signed in at the portal a moment ago. */
  settingsOf(userId: string, options?: BrowserContextOptions, before?: (page: Page) => Promise<void>): Promise<Opened>;
  /** As the API tells it. */
  user(userId: string): Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- what came over the wire, judged by the assertions
  /** Confirms with an authenticator app in the dialog, with a code that was not used yet. */
  prove(page: Page, secret: string): Promise<void>;
  /** The newest code that was mailed, when there are more mails than before. */
  mailedCode(to: string, earlier?: number): Promise<string>;
  codesMailed(to: string): Promise<number>;
}

/** Eight digits may be set apart, so that they are read more easily. */
const codeIn = (text: string): string | undefined => /\b\d{6,8}\b/.exec(text.replaceAll(/(\d) (?=\d)/g, '$1'))?.[0];

export async function startSecurityWorld(): Promise<SecurityWorld> {
  const pages = await startPagesWorld();
  const { world, returnUrl } = pages;
  const codes = async (to: string): Promise<string[]> => {
    const mails = (await world.phone('GET', `/api/messages?to=${encodeURIComponent(to)}`)).body as { text: string }[];
    return mails.flatMap(({ text }) => codeIn(text) ?? []);
  };
  return {
    ...pages,
    settingsOf: async (userId, options, before) => {
      const opened = await pages.open(options);
      await before?.(opened.page);
      const { status, body } = await world.api('POST', '/v1/page-sessions', { page: 'security', organizationId: world.organizationId, userId, returnUrl });
      if (status !== 201) throw new Error(JSON.stringify(body));
      await opened.page.goto(body.url);
      await opened.page.getByRole('heading', { level: 1 }).and(opened.page.locator(':not(:empty)')).waitFor();
      return opened;
    },
    user: async (userId) => (await world.api('GET', `/v1/organizations/${world.organizationId}/users/${userId}`)).body,
    prove: async (page, secret) => {
      const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
      await dialog.waitFor();
      await world.advance(31);
      await dialog.getByLabel('Six-digit code').fill(await world.code(secret));
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
    },
    mailedCode: (to, earlier = 0) =>
      eventually(`a code for ${to}`, async () => {
        const found = await codes(to);
        return found.length > earlier ? found.at(-1) : undefined;
      }),
    codesMailed: async (to) => (await codes(to)).length,
  };
}

export const answerCall = async ({ world }: SecurityWorld, number: string, keys: string): Promise<void> => {
  const { callId } = await world.ringing(number);
  await world.phone('POST', `/api/calls/${callId}/answer`);
  await world.phone('POST', `/api/calls/${callId}/keys`, { keys });
};

/** Writes a picture that the documents show, when they are asked for. */
export async function documentPicture(page: Page, name: string, height: number): Promise<void> {
  if (!process.env['COUNTERSIGN_PICTURES']) return;
  const before = page.viewportSize();
  await page.setViewportSize({ width: 760, height });
  await page.screenshot({ path: new URL(`../../docs/images/${name}.png`, import.meta.url).pathname });
  if (before) await page.setViewportSize(before);
}
