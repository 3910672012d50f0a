import { beforeAll, describe, expect, it } from 'vitest';
import { handler as app } from '../../../../functions/api/app.ts';
import { handler as challenges } from '../../../../functions/api/challenges.ts';
import { handler as factors } from '../../../../functions/api/factors.ts';
import { handler as organizations } from '../../../../functions/api/organizations.ts';
import { handler as send } from '../../../../functions/api/send.ts';
import { handler as users } from '../../../../functions/api/users.ts';
import { operationSchemas } from '../../../../functions/api/wire/operation-schemas.ts';
import { handler as operator } from '../../../../functions/operator/bootstrap.ts';
import { callDoor, logLines, startInstallation, type ApiAnswer } from '../../../support/api.ts';
import { makeDevice, readPairingUri, type Device } from '../../../support/device.ts';

const methods = ['totp', 'app:approve', 'app:approve-pin', 'app:match'];
let key: string;
let people = 0;

beforeAll(async () => {
  await startInstallation();
  process.env['COUNTERSIGN_PUSH'] = '{}';
  key = ((await operator({ command: 'bootstrap' }, { awsRequestId: 'r' })) as { clientKey: string }).clientKey;
  await callDoor(organizations, 'PUT /v1/organizations/acme', { key, body: { name: 'Acme Corporation', policy: { enforcement: 'required', methods } } });
});

const now = (): number => Math.floor(Date.now() / 1000);

interface Invited {
  readonly userPath: string;
  readonly challengeId: string;
  readonly added: ApiAnswer;
  readonly factorId: string;
  readonly secret: string;
}

async function startFor(userId: string): Promise<string> {
  const body = { organizationId: 'acme', userId, audience: 'portal', firstFactor: 'password' };
  return ((await callDoor(challenges, 'POST /v1/challenges', { key, body })).body as { challengeId: string }).challengeId;
}

async function invite(input: Record<string, unknown> = { method: 'approve' }): Promise<Invited> {
  people += 1;
  const userId = `u-${String(people)}`;
  const userPath = `/v1/organizations/acme/users/${userId}`;
  await callDoor(users, `PUT ${userPath}`, { key, body: { displayName: 'Ada Example', email: `${userId}@example.com`, identity: 'local' } });
  const challengeId = await startFor(userId);
  const added = await callDoor(factors, `POST ${userPath}/factors`, { key, body: { kind: 'app', challengeId, ...input } });
  const { factorId, secret } = readPairingUri(String(added.body?.pairingUri));
  return { userPath, challengeId, added, factorId, secret };
}

function ask(device: Device, factorId: string, operation: string, content: unknown = {}, time = now()): Promise<ApiAnswer> {
  const path = `/app/${operation}`;
  const body = JSON.stringify(content);
  return callDoor(app, `POST ${path}`, { body, headers: device.headers({ path, factorId, time, body }) });
}

const pair = (device: Device, { factorId, secret }: Pick<Invited, 'factorId' | 'secret'>, time = now()) =>
  ask(device, factorId, 'pair', { secret, publicKey: device.publicKey }, time);

describe('pairing', () => {
  it('is by a link, shown as a picture too, whose secret is in the fragment', async () => {
    const { added, factorId, secret } = await invite();

    expect(added).toMatchObject({ status: 201, body: { kind: 'app', method: 'approve', status: 'proving', answeredBy: 'app', reachedBy: 'push', factorId } });
    expect(added.body.pairingUri).toMatch(/^https:\/\/pages\.example\.com\/authenticator#fac_/);
    expect(added.body.qrCode).toMatch(/^data:image\/svg\+xml;base64,/);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(16);
    expect(operationSchemas.addFactor.response?.safeParse(added.body)).toMatchObject({ success: true });
  });

  it('confirms the factor, and approves the challenge that asked for it', async () => {
    const invited = await invite();
    const device = makeDevice();

    const paired = await pair(device, invited);

    expect(paired).toMatchObject({ status: 200, body: { factorId: invited.factorId, organization: 'Acme Corporation', person: 'Ada Example', method: 'approve' } });
    expect(operationSchemas.pairApp.response?.safeParse(paired.body)).toMatchObject({ success: true });
    const approved = await callDoor(challenges, `GET /v1/challenges/${invited.challengeId}`, { key });
    expect(approved.body).toMatchObject({ status: 'approved' });
    const factor = await callDoor(factors, `GET ${invited.userPath}/factors/${invited.factorId}`, { key });
    expect(factor.body).toMatchObject({ status: 'active', acr: 'app' });
    expect(JSON.stringify(factor.body)).not.toMatch(/pairingUri|qrCode/);
  });

  it('is once: the same device hears it again, and no other can use the link', async () => {
    const invited = await invite();
    const device = makeDevice();
    await pair(device, invited);

    expect((await pair(device, invited, now() - 1)).status).toBe(200);
    expect((await pair(makeDevice(), invited)).body.type).toMatch(/pairing-invalid$/);
    expect((await ask(device, invited.factorId, 'requests')).status).toBe(200);
  });

  it('of two devices at the same moment takes one', async () => {
    const invited = await invite();
    const devices = Array.from({ length: 8 }, makeDevice);

    const replies = await Promise.all(devices.map((device) => pair(device, invited)));

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    const answers = await Promise.all(devices.map((device) => ask(device, invited.factorId, 'requests')));
    expect(answers.map(({ status }) => status === 200)).toEqual(replies.map(({ status }) => status === 200));
  });

  it('takes the secret of this very link, and a key that the device holds', async () => {
    const [invited, other] = [await invite(), await invite()];
    const [device, stranger] = [makeDevice(), makeDevice()];

    expect((await pair(device, { ...invited, secret: other.secret })).status).toBe(403);
    expect((await pair(device, { ...invited, secret: 'A'.repeat(22) })).status).toBe(403);
    const stolen = await ask(device, invited.factorId, 'pair', { secret: invited.secret, publicKey: stranger.publicKey });
    expect(stolen.body.type).toMatch(/device-invalid$/);
    const noPoint = await ask(device, invited.factorId, 'pair', { secret: invited.secret, publicKey: Buffer.alloc(65, 4).toString('base64url') });
    expect(noPoint.body.type).toMatch(/device-invalid$/);
    expect((await pair(device, { factorId: 'fac_AAAA', secret: invited.secret })).status).toBe(403);
    expect((await pair(device, invited)).status).toBe(200);
  });

  it('needs a PIN for the method that asks for one, and one that is worth something', async () => {
    expect((await invite({ method: 'approve-pin' })).added.body.type).toMatch(/pin-refused$/);
    expect((await invite({ method: 'approve-pin', pin: '1234' })).added.body.type).toMatch(/pin-refused$/);
    expect((await invite({ method: 'approve-pin', pin: '482913' })).added.status).toBe(201);
    expect((await invite({ method: 'call' })).added.status).toBe(400);
  });

  it('is confirmed nowhere else', async () => {
    const { userPath, factorId } = await invite();

    const confirmed = await callDoor(factors, `POST ${userPath}/factors/${factorId}/confirm`, { key, body: { answer: '123456' } });

    expect(confirmed.body.type).toMatch(/wrong-channel$/);
  });
});

describe('a paired device', () => {
  it('finds what was pushed, and approves it', async () => {
    const invited = await invite({ method: 'match' });
    const device = makeDevice();
    await pair(device, invited);
    const challengeId = await startFor(`u-${String(people)}`);
    const sent = await callDoor(send, `POST /v1/challenges/${challengeId}/send`, { key, body: { factorId: invited.factorId } });
    expect(sent.body.progress).toMatchObject({ state: 'sent', reason: 'not-woken' });

    const waiting = await ask(device, invited.factorId, 'requests');

    expect(operationSchemas.listAppRequests.response?.safeParse(waiting.body)).toMatchObject({ success: true });
    const [request] = waiting.body.requests;
    expect(request).toMatchObject({ challengeId, send: 1, audience: 'portal' });
    const answered = await ask(device, invited.factorId, 'answer', { challengeId, send: 1, decision: 'approve', number: sent.body.progress.show });
    expect(answered).toMatchObject({ status: 200, body: { outcome: 'approved' } });
    expect((await callDoor(challenges, `GET /v1/challenges/${challengeId}`, { key })).body.status).toBe('approved');
  });

  it('subscribes to the push service of its browser, and to no other address', async () => {
    const invited = await invite();
    const device = makeDevice();
    await pair(device, invited);
    const web = { endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/x', p256dh: makeDevice().publicKey, auth: 'A'.repeat(22) };

    const asked = await ask(device, invited.factorId, 'subscription');
    const subscribed = await ask(device, invited.factorId, 'subscription', { web });
    const elsewhere = await ask(device, invited.factorId, 'subscription', { web: { ...web, endpoint: 'https://10.0.0.1/' } });

    expect(asked.body).toEqual({ applicationServerKey: expect.stringMatching(/^[\w-]{87}$/) as string, subscribed: false });
    expect(subscribed.body).toEqual({ ...asked.body, subscribed: true });
    expect(elsewhere.status).toBe(400);
    expect((await ask(device, invited.factorId, 'subscription', { native: { platform: 'fcm', token: 't' } })).body.subscribed).toBe(false);
  });

  it('that is unpaired confirms nothing any more, and turns nothing off (I13)', async () => {
    const invited = await invite();
    const device = makeDevice();
    await pair(device, invited);

    expect((await ask(device, invited.factorId, 'unpair')).status).toBe(204);

    expect((await ask(device, invited.factorId, 'requests')).body.type).toMatch(/device-invalid$/);
    const factor = await callDoor(factors, `GET ${invited.userPath}/factors/${invited.factorId}`, { key });
    expect(factor.body.status).toBe('disabled');
    const body = { organizationId: 'acme', userId: `u-${String(people)}`, audience: 'portal', firstFactor: 'password' };
    expect((await callDoor(challenges, 'POST /v1/challenges', { key, body })).body).toMatchObject({ status: 'denied', reason: 'no-usable-factor' });
  });

  it('says what is wrong with a request only to whoever signed it', async () => {
    const invited = await invite();
    const device = makeDevice();
    await pair(device, invited);

    expect((await ask(device, invited.factorId, 'answer', { decision: 'maybe' })).status).toBe(400);
    expect((await ask(makeDevice(), invited.factorId, 'answer', { decision: 'maybe' })).status).toBe(401);
    expect((await callDoor(app, 'POST /app/answer', { body: {} })).status).toBe(401);
    expect((await callDoor(app, 'POST /app/requests')).status).toBe(401);
  });

  it('leaves no secret in the log (I10)', async () => {
    const invited = await invite({ method: 'approve-pin', pin: '482913' });
    await pair(makeDevice(), invited);

    for (const secret of [invited.secret, '482913']) expect(logLines.join('\n')).not.toContain(secret);
  });
});
