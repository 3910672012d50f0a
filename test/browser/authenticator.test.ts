import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../journeys/local-world.ts';
import { faultsOf, overflowOf, startPagesWorld, type Opened, type PagesWorld } from './pages-world.ts';

let pages: PagesWorld;
beforeAll(async () => {
  pages = await startPagesWorld();
}, 120_000);
afterAll(async () => {
  await pages.stop();
});

const pin = '482913';

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['COUNTERSIGN_VIEWS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}


interface AppOfUser {
  readonly opened: Opened;
  readonly app: Page;
  readonly factorId: string;
}

async function pairApp(userId: string, input: Record<string, unknown>, options = {}): Promise<AppOfUser> {
  const { world } = pages;
  const path = await world.makeUser(userId);
  const { challengeId } = (await world.start(userId)).body;
  const added = await world.api('POST', `${path}/factors`, { kind: 'app', challengeId, ...input });
  const opened = await pages.open({ viewport: { width: 320, height: 640 }, ...options });
  const app = opened.page;
  await app.goto(added.body.pairingUri);
  await app.getByRole('button', { name: 'Add this account' }).click();
  await app.getByText(/was added/).waitFor();
  expect((await world.api('GET', `${path}/factors/${added.body.factorId}`)).body.status).toBe('active');
  return { opened, app, factorId: added.body.factorId };
}

/** The demo user proves by telephone who they are, and adds the app beside it. */
async function linkForDemo(): Promise<string> {
  const { world } = pages;
  const { demo } = world.stack.running;
  const proving = (await world.start(demo.userId, { purpose: 'change-factors' })).body;
  await world.api('POST', `/v1/challenges/${proving.challengeId}/send`, { factorId: proving.factors[0].factorId });
  const { callId } = await world.ringing(demo.phoneNumber);
  await world.phone('POST', `/api/calls/${callId}/answer`);
  await world.phone('POST', `/api/calls/${callId}/keys`, { keys: `${demo.pin}#` });
  const proof = await eventually('the proof', async () => (await world.api('GET', `/v1/challenges/${proving.challengeId}`)).body.result as string | undefined);
  const path = `/v1/organizations/${world.organizationId}/users/${demo.userId}/factors`;
  const added = await world.api('POST', path, { kind: 'app', method: 'match', proofs: [proof] });
  expect(added.status).toBe(201);
  return added.body.pairingUri as string;
}

async function push(userId: string, factorId: string): Promise<{ challengeId: string; show: string }> {
  const { world } = pages;
  const { challengeId } = (await world.start(userId, { context: { ipAddress: '203.0.113.9', userAgent: 'Firefox Linux' } })).body;
  const sent = await world.api('POST', `/v1/challenges/${challengeId}/send`, { factorId });
  expect(sent.status).toBe(200);
  return { challengeId, show: sent.body.progress.show };
}

const statusOf = async (challengeId: string): Promise<string> => (await pages.world.api('GET', `/v1/challenges/${challengeId}?waitSeconds=5`)).body.status;

describe('the authenticator app', () => {
  it('pairs by its link in one browser, and lets the demo portal in from another', async () => {
    const { portalUrl, demo } = pages.world.stack.running;
    const { page: app } = await pages.open({ viewport: { width: 390, height: 800 } });
    await app.goto(await linkForDemo());
    await app.getByRole('button', { name: 'Add this account' }).click();
    await app.getByText(/was added/).waitFor();
    const { page: portal } = await pages.open();
    await portal.goto(portalUrl);
    await portal.getByLabel('Name').fill(demo.userId);
    await portal.getByLabel('Password').fill(demo.password);
    await portal.getByRole('button', { name: 'Sign in', exact: true }).click();
    await portal.getByRole('button', { name: 'Ask app' }).click();
    const number = await portal.locator('#show strong').textContent();

    await app.getByRole('button', { name: number ?? '', exact: true }).click();

    await app.getByText(/^Approved/).waitFor();
    await portal.getByText(/you are signed in/i).waitFor();
    expect(await portal.getByText(demo.userId, { exact: true }).count()).toBe(1);
  });

  it('is set up on the set-up page, asked on the prompt, and goes back to the portal both times', async () => {
    const { world, returnUrl } = pages;
    await world.makeUser('hosted');
    const [{ page, complaints }, { page: app }] = [await pages.open(), await pages.open({ viewport: { width: 320, height: 640 } })];
    const setUp = (await world.start('hosted', { returnUrl })).body;
    await page.goto(setUp.setupUrl);
    await page.getByRole('button', { name: /^Countersign app/ }).click();
    await page.getByLabel('How do you want to approve?').selectOption('match');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();
    const link = await page.getByRole('link', { name: /^Open the link on this device/ }).getAttribute('href');
    await picture(page, 'app-set-up');
    expect(await faultsOf(page)).toEqual([]);
    await app.goto(link ?? '');
    await picture(app, 'app-add');
    await app.getByRole('button', { name: 'Add this account' }).click();
    await page.getByRole('button', { name: /^Back to/ }).click();
    await page.waitForURL((url) => url.pathname === '/back');

    const started = (await world.start('hosted', { returnUrl })).body;
    await page.goto(started.promptUrl);
    await page.getByRole('button', { name: 'Ask in the app' }).click();
    const number = (await page.locator('strong.number').textContent()) ?? '';
    await picture(page, 'app-prompt');
    expect(await faultsOf(page)).toEqual([]);
    await app.getByRole('button', { name: number, exact: true }).waitFor();
    await picture(app, 'app-request');
    await app.getByRole('button', { name: number, exact: true }).click();
    await page.waitForURL((url) => url.pathname === '/back');
    await picture(app, 'app-home');
    expect(await statusOf(started.challengeId)).toBe('approved');
    expect(complaints).toEqual([]);
  });

  it('keeps a key that nobody can read out, and nothing of the link', async () => {
    const { app, opened } = await pairApp('keeper', { method: 'approve' });

    expect(app.url()).not.toContain('#');
    const kept = await app.evaluate(async () => {
      const asked = indexedDB.open('countersign-authenticator');
      const database = await new Promise<IDBDatabase>((resolve) => (asked.onsuccess = () => resolve(asked.result)));
      const all = database.transaction('accounts').objectStore('accounts').getAll();
      const [account] = await new Promise<{ key: CryptoKey }[]>((resolve) => (all.onsuccess = () => resolve(all.result as { key: CryptoKey }[])));
      const exported = await crypto.subtle.exportKey('pkcs8', account!.key).then(() => 'read', () => 'refused');
      return { exported, extractable: account!.key.extractable, fields: Object.keys(account!).sort(), storage: localStorage.length + sessionStorage.length };
    });
    expect(kept).toEqual({ exported: 'refused', extractable: false, fields: ['factorId', 'key', 'method', 'organization', 'person'], storage: 0 });
    expect(opened.complaints).toEqual([]);
  });

  it('shows who asks, from where and for what, and approves', async () => {
    const { app, opened, factorId } = await pairApp('approver', { method: 'approve' });
    const { challengeId } = await push('approver', factorId);
    await app.getByRole('heading', { name: 'Is that you?' }).waitFor();

    for (const fact of ['portal', 'sign in', 'Firefox, Linux', '203.0.113.9']) await app.getByText(fact, { exact: true }).waitFor();
    expect(await faultsOf(app)).toEqual([]);
    expect(await overflowOf(app)).toBeLessThanOrEqual(0);
    await app.getByRole('button', { name: 'Approve' }).click();

    await app.getByText('Approved. You can go on where you sign in.').waitFor();
    expect(await statusOf(challengeId)).toBe('approved');
    expect(await faultsOf(app)).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });

  it('takes the PIN by keyboard alone, and tells a wrong one', async () => {
    const { app, factorId } = await pairApp('by-pin', { method: 'approve-pin', pin }, { colorScheme: 'dark' });
    const { challengeId } = await push('by-pin', factorId);
    await app.getByLabel('Your PIN').waitFor();
    expect(await faultsOf(app)).toEqual([]);

    await app.keyboard.type('918274');
    await app.keyboard.press('Enter');
    await app.getByText('That PIN is not right. 4 more tries.').waitFor();
    await app.getByLabel('Your PIN').focus();
    await app.keyboard.type(pin);
    await app.keyboard.press('Enter');

    await app.getByText(/^Approved/).waitFor();
    expect(await statusOf(challengeId)).toBe('approved');
  });

  it('picks the number of the screen, in the language of the browser', async () => {
    const { world } = pages;
    const path = await world.makeUser('picker');
    const { challengeId: setUp } = (await world.start('picker')).body;
    const added = await world.api('POST', `${path}/factors`, { kind: 'app', method: 'match', challengeId: setUp });
    const { page: app } = await pages.open({ locale: 'fr-FR', viewport: { width: 320, height: 640 } });
    await app.goto(added.body.pairingUri);
    await app.getByRole('button', { name: 'Ajouter ce compte' }).click();
    await app.getByText(/a été ajouté/).waitFor();
    const { challengeId, show } = await push('picker', added.body.factorId);
    await app.getByRole('group', { name: /Quel nombre/ }).waitFor();
    expect(await app.locator('button.pick').count()).toBe(3);
    expect(await faultsOf(app)).toEqual([]);

    await app.getByRole('button', { name: show, exact: true }).click();

    await app.getByText(/^Approuvé/).waitFor();
    expect(await statusOf(challengeId)).toBe('approved');
  });

  it('reports fraud in two steps, and nobody is signed in', async () => {
    const { app, factorId } = await pairApp('reporter', { method: 'approve' });
    const { challengeId } = await push('reporter', factorId);
    await app.getByRole('button', { name: 'This was not me' }).click();
    expect(await statusOf(challengeId)).toBe('pending');
    expect(await faultsOf(app)).toEqual([]);

    await app.getByRole('button', { name: 'Yes, this was not me' }).click();

    await app.getByText(/It was reported/).waitFor();
    expect(await statusOf(challengeId)).toBe('denied');
  });

  it('shows codes of an otpauth link, which cannot be read out again', async () => {
    const { page: app } = await pages.open({ viewport: { width: 320, height: 640 } });
    await app.goto(`${pages.world.stack.running.pagesUrl}/authenticator`);
    await app.getByText(/There is no account here yet/).waitFor();
    expect(await faultsOf(app)).toEqual([]);
    await app.getByRole('button', { name: 'Add an account' }).click();
    await app.getByLabel('Link').fill('https://example.com/');
    await app.getByLabel('Link').press('Enter');
    await app.getByText('This is no link to an account.').waitFor();
    // The secret of RFC 6238, appendix B.
    await app.clock.setFixedTime(new Date(59_000));
    await app.getByLabel('Link').fill('otpauth://totp/Acme:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme&digits=8');
    await app.getByLabel('Link').press('Enter');

    await app.getByText('942 87082').waitFor();
    expect(await faultsOf(app)).toEqual([]);
    await app.getByRole('button', { name: 'Remove Acme (ada)', exact: true }).click();
    await app.getByRole('button', { name: 'Yes, remove Acme (ada)' }).click();
    await app.getByText('Acme (ada) was removed.').waitFor();
  });

  it('says so when a link was used already', async () => {
    const { world } = pages;
    const path = await world.makeUser('late');
    const { challengeId } = (await world.start('late')).body;
    const { pairingUri } = (await world.api('POST', `${path}/factors`, { kind: 'app', method: 'approve', challengeId })).body;
    const [first, second] = [(await pages.open()).page, (await pages.open()).page];
    for (const page of [first, second]) {
      await page.goto(pairingUri);
      await page.getByRole('button', { name: 'Add this account' }).click();
      await page.getByText(page === first ? /was added/ : /This link was used already/).waitFor();
    }

    expect(await second.getByText(/was added/).count()).toBe(0);
  });

  it('can be installed: manifest, icon and worker are there, and the worker is at work', async () => {
    const { page: app, complaints } = await pages.open();
    await app.goto(`${pages.world.stack.running.pagesUrl}/authenticator`);
    const manifest = await app.evaluate(async () => {
      const address = document.querySelector<HTMLLinkElement>('link[rel="manifest"]')!.href;
      return (await (await fetch(address)).json()) as { name: string; start_url: string; display: string; icons: { src: string }[] };
    });
    expect(manifest).toMatchObject({ name: 'Countersign', start_url: '/authenticator', display: 'standalone' });
    const icon = await app.request.get(new URL(manifest.icons[0]!.src, app.url()).href);
    expect([icon.status(), icon.headers()['content-type']]).toEqual([200, 'image/svg+xml']);
    const state = await app.evaluate(async () => {
      for (let count = 0; count < 50; count += 1) {
        const [registration] = await navigator.serviceWorker.getRegistrations();
        if (registration?.active) return registration.active.state;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return 'none';
    });
    expect(['activating', 'activated']).toContain(state);
    expect(complaints).toEqual([]);
  });
});
