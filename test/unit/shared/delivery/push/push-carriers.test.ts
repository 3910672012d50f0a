import { createECDH, createPublicKey, randomBytes } from 'node:crypto';
import { CreatePlatformEndpointCommand, EndpointDisabledException, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { jwtVerify } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { pushCarrier, type Push } from '../../../../../shared/delivery/push/push-carrier.ts';
import { snsPushCarrier } from '../../../../../shared/delivery/push/sns-push-carrier.ts';
import { vapidKeys } from '../../../../../shared/delivery/push/vapid-keys.ts';
import { isPushService, webPushCarrier } from '../../../../../shared/delivery/push/web-push-carrier.ts';
import { pushText } from '../../../../../shared/delivery/words/pushes.ts';
import { systemRandom } from '../../../../../shared/platform/random.ts';
import { encryptPush } from '../../../../../shared/delivery/push/encrypt-push.ts';
import { testClock, testKeyRing, testStart } from '../../../../support/stage.ts';

const push: Push = { organizationName: 'Acme', text: 'Is that you?', lifeSeconds: 60 };
const browser = createECDH('prime256v1');
browser.generateKeys();
const web = { kind: 'web', endpoint: 'https://fcm.googleapis.com/fcm/send/abc', p256dh: browser.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') } as const;
const keys = vapidKeys(testKeyRing().pushes);

function carrier(status: number | Error) {
  const asked: { url: string; options: RequestInit }[] = [];
  const fetch = ((url: string, options: RequestInit) => {
    asked.push({ url, options });
    return status instanceof Error ? Promise.reject(status) : Promise.resolve(new Response(null, { status }));
  }) as typeof globalThis.fetch;
  return { asked, carrier: webPushCarrier({ keys, subject: 'https://id.example.com', clock: testClock(), random: systemRandom, fetch }) };
}

describe('Web Push', () => {
  it('is encrypted for the browser, lives a minute, and is signed by the key of the stage', async () => {
    const { asked, carrier: toWeb } = carrier(201);

    expect(await toWeb.wake(web, push)).toBe('sent');

    const [{ url, options } = { url: '', options: {} }] = asked;
    const headers = options.headers as Record<string, string>;
    expect(url).toBe(web.endpoint);
    expect(headers).toMatchObject({ ttl: '60', urgency: 'high', 'content-encoding': 'aes128gcm' });
    const [, token = '', k] = /^vapid t=(.+), k=(.+)$/.exec(headers['authorization'] ?? '') ?? [];
    expect(k).toBe(keys.publicKey);
    const { payload } = await jwtVerify(token, createPublicKey(keys.privateKey), { algorithms: ['ES256'], currentDate: new Date(testStart) });
    expect(payload).toEqual({ aud: 'https://fcm.googleapis.com', exp: testStart / 1000 + 3600, sub: 'https://id.example.com' });
    expect(Buffer.from(options.body as Uint8Array).toString()).not.toContain('Acme');
    expect(options.redirect).toBe('error');
  });

  it('is encrypted as the example of RFC 8291 §5', () => {
    const given = [Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'), Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url')];
    const random = { ...systemRandom, bytes: () => given.shift() ?? Buffer.alloc(0) };
    const target = { p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: 'BTBZMqHH6r4Tts7J_aSIgg' };

    const body = encryptPush(target, Buffer.from('When I grow up, I want to be a watermelon'), random);

    expect(body.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });

  it.each([[201, 'sent'], [404, 'gone'], [410, 'gone'], [429, 'failed'], [503, 'failed'], [new Error('no network'), 'failed']] as const)(
    'after %s is %s',
    async (status, woken) => {
      expect(await carrier(status).carrier.wake(web, push)).toBe(woken);
    },
  );

  it.each([
    'http://fcm.googleapis.com/x', 'https://fcm.googleapis.com:8443/x', 'https://fcm.googleapis.com.evil.example/x', 'https://evil.example/fcm.googleapis.com',
    'https://169.254.169.254/latest', 'https://localhost/', 'https://me@updates.example/x', 'https://updates@evil.example/', 'file:///etc/passwd', 'nothing',
  ])('goes to no address but a push service of a browser: not to %s', async (endpoint) => {
    const { asked, carrier: toWeb } = carrier(201);

    expect(isPushService(endpoint)).toBe(false);
    expect(await toWeb.wake({ ...web, endpoint }, push)).toBe('failed');
    expect(asked).toEqual([]);
  });

  it('knows the services of the browsers', () => {
    for (const host of ['fcm.googleapis.com', 'updates.push.services.mozilla.com', 'wns2-by3p.notify.windows.com', 'web.push.apple.com']) {
      expect([host, isPushService(`https://${host}/x`)]).toEqual([host, true]);
    }
  });

  it('has the same key for as long as the stage lives, and another in another stage', () => {
    expect(vapidKeys(testKeyRing().pushes).publicKey).toBe(keys.publicKey);
    expect(Buffer.from(keys.publicKey, 'base64url')).toHaveLength(65);
    expect(vapidKeys(testKeyRing(Buffer.alloc(32, 8)).pushes).publicKey).not.toBe(keys.publicKey);
  });
});

describe('mobile push through Amazon SNS', () => {
  const sns = mockClient(SNSClient);
  beforeEach(() => sns.reset());
  const fcm = 'arn:aws:sns:us-east-1:000000000000:app/GCM/countersign-local';
  const native = { kind: 'native', endpointArn: 'arn:aws:sns:us-east-1:000000000000:endpoint/GCM/countersign-local/1' } as const;

  it('registers a device with the application of its platform, where there is one', async () => {
    sns.on(CreatePlatformEndpointCommand).resolves({ EndpointArn: native.endpointArn });
    const toPhones = snsPushCarrier({ fcm });

    expect(await toPhones.register('fcm', 'token-1')).toBe(native.endpointArn);
    expect(await toPhones.register('apns', 'token-2')).toBeUndefined();
    expect(sns.calls()).toHaveLength(1);
  });

  it('says each platform the same, for a minute', async () => {
    sns.on(PublishCommand).resolves({ MessageId: '1' });

    expect(await snsPushCarrier({ fcm }).wake(native, push)).toBe('sent');

    const { TargetArn, Message, MessageStructure } = sns.call(0).args[0].input as { TargetArn: string; Message: string; MessageStructure: string };
    const message = JSON.parse(Message) as { default: string; GCM: string; APNS: string };
    expect([TargetArn, MessageStructure, message.default]).toEqual([native.endpointArn, 'json', 'Acme: Is that you?']);
    expect(JSON.parse(message.GCM)).toMatchObject({ fcmV1Message: { message: { notification: { title: 'Acme' }, android: { ttl: '60s' } } } });
    expect(JSON.parse(message.APNS)).toMatchObject({ aps: { alert: { title: 'Acme', body: 'Is that you?' } } });
  });

  it('tells a device that is gone from a carrier that is down', async () => {
    const toPhones = snsPushCarrier({ fcm });
    sns.on(PublishCommand).rejectsOnce(new EndpointDisabledException({ message: 'x', $metadata: {} })).rejects(new Error('down'));

    expect(await toPhones.wake(native, push)).toBe('gone');
    expect(await toPhones.wake(native, push)).toBe('failed');
  });

  it('wakes nobody where the installation has no carrier for the target', async () => {
    expect(await pushCarrier({ web: carrier(201).carrier }).wake(native, push)).toBe('failed');
    expect(await pushCarrier({ web: carrier(201).carrier }).wake(web, push)).toBe('sent');
  });
});

describe('what a locked screen says', () => {
  it('is in the language of the person, and says nothing that decides anything', () => {
    expect(pushText('fr-CA')).toBe('Est-ce vous qui vous connectez ?');
    expect(pushText('es')).toContain('¿');
    for (const locale of ['en', 'de', undefined]) expect(pushText(locale)).toBe('Is that you, signing in?');
  });
});
