/** The authenticator app: pairs, asks what waits for it, answers, says where it can be woken, and takes its leave. */
import { pairApp, unpairApp } from '../../shared/enrollment/pair-app.ts';
import { answerRequest } from '../../shared/sign-in/app/answer-request.ts';
import { listRequests } from '../../shared/sign-in/app/list-requests.ts';
import { subscribe } from '../../shared/sign-in/app/subscribe.ts';
import { getNativePush } from '../start/push.ts';
import { deviceDoor, deviceHandler, pairingHandler } from './app/device-door.ts';
import { answerAppRequestRequest, pairAppRequest, subscribeAppRequest } from './wire/app.ts';
import { noBody } from './wire/names.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'base64url');

export const handler = deviceDoor({
  pairApp: pairingHandler({
    body: pairAppRequest,
    handle: async (deps, { request, seen, body }) => {
      const account = await pairApp(deps, { request, seen, secret: bytes(body.secret), publicKey: bytes(body.publicKey) });
      return { status: 200, body: account };
    },
  }),
  listAppRequests: deviceHandler({
    body: noBody,
    handle: async (deps, { device }) => ({ status: 200, body: await listRequests(deps, device) }),
  }),
  answerAppRequest: deviceHandler({
    body: answerAppRequestRequest,
    handle: async (deps, { device, body }) => ({ status: 200, body: await answerRequest(deps, device, body) }),
  }),
  subscribeApp: deviceHandler({
    body: subscribeAppRequest,
    handle: async (deps, { device, body }) => ({ status: 200, body: await subscribe({ ...deps, nativePush: getNativePush() }, device, body) }),
  }),
  unpairApp: deviceHandler({
    body: noBody,
    handle: async (deps, { device }) => {
      await unpairApp(deps, device);
      return { status: 204 };
    },
  }),
});
