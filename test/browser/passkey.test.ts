import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, startPagesWorld, type PagesWorld } from './pages-world.ts';

let pages: PagesWorld;
beforeAll(async () => {
  pages = await startPagesWorld();
}, 120_000);
afterAll(() => pages.stop());

/** The browser's own stand-in for a fingerprint reader. */
async function plugIn(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true } as const;
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options });
  return { session, authenticatorId };
}

describe('a passkey', () => {
  it('is made on the set-up page, signs in on the prompt, and its answer serves once, for that challenge alone', async () => {
    const { world, returnUrl } = pages;
    await world.makeUser('pia');
    const { page, complaints, context } = await pages.open();
    const first = await world.start('pia', { returnUrl });
    await page.goto(first.body.setupUrl);
    await page.getByRole('button', { name: /^Passkey/ }).click();
    await page.getByRole('heading', { name: 'Make a passkey' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    // After that: a session of the browser's tools that ends takes every stand-in with it.
    await plugIn(page);
    await page.getByRole('button', { name: 'Make the passkey' }).click();
    await page.getByRole('heading', { name: 'Keep your recovery key' }).waitFor();
    const set = await world.api('GET', `/v1/challenges/${first.body.challengeId}`);
    expect((await world.api('POST', '/v1/results/redeem', { result: set.body.result })).body).toMatchObject({ acr: 'phishing-resistant', amr: ['pop', 'pwd', 'mfa'] });

    const second = await world.start('pia', { returnUrl });
    const [choice] = second.body.factors;
    expect(choice).toMatchObject({ kind: 'passkey', answeredBy: 'api', publicKey: { rpId: 'localhost', userVerification: 'preferred' } });
    await page.goto(second.body.promptUrl);
    const answered = page.waitForRequest((request) => request.url().includes('/answer'));
    await page.getByRole('button', { name: 'Use the passkey' }).click();
    const { answer } = (await answered).postDataJSON() as { answer: string };
    await page.waitForURL((url) => url.pathname === '/back');
    expect((await world.api('GET', `/v1/challenges/${second.body.challengeId}`)).body.status).toBe('approved');

    const third = await world.start('pia');
    const replayed = await world.api('POST', `/v1/challenges/${third.body.challengeId}/answer`, { factorId: choice.factorId, answer });
    expect(replayed.body).toMatchObject({ status: 'pending', reason: 'wrong-answer' });
    const again = await world.api('POST', `/v1/challenges/${second.body.challengeId}/answer`, { factorId: choice.factorId, answer });
    expect(again.status).toBe(409);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('that the browser could not use leaves the prompt open; what is no registration confirms nothing', async () => {
    const { world, returnUrl } = pages;
    await world.makeUser('paul');
    const { secret } = await world.addTotp('paul');
    const { page, context } = await pages.open();
    await plugIn(page);
    const proof = await world.start('paul', { purpose: 'change-factors', answer: await world.code(secret) });
    const path = `/v1/organizations/${world.organizationId}/users/paul/factors`;
    const added = await world.api('POST', path, { kind: 'passkey', proofs: [proof.body.result] });
    expect(added.body.publicKey).toMatchObject({ rp: { id: 'localhost' }, attestation: 'none' });
    const confirmed = await world.api('POST', `${path}/${added.body.factorId}/confirm`, { answer: '{"id":"x","type":"public-key"}' });
    expect(confirmed.body).toMatchObject({ status: 'proving', reason: 'wrong-answer' });

    await world.advance(31);
    const started = await world.start('paul', { returnUrl });
    expect(started.body.factors.map(({ kind }: { kind: string }) => kind)).toEqual(['totp', 'recovery-key']);
    await page.goto(started.body.promptUrl);
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    await page.keyboard.type(await world.code(secret));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/back');
    await context.close();
  });
});
