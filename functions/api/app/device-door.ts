/** The way in for the authenticator app: every request is signed by the key of its device, and leads home by its factor. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Operation } from '../../../shared/contract/routes.ts';
import type { DeviceRequest } from '../../../shared/factors/device-request.ts';
import { admitDevice, notAdmitted, type AdmittedDevice, type Seen } from '../../../shared/sign-in/app/admit-device.ts';
import { getDependencies, type Dependencies } from '../../start/dependencies.ts';
import type { Answer } from '../request/answer.ts';
import { openDoor, type Door } from '../request/api-door.ts';
import { bodyBytes, readBody } from '../request/request-body.ts';

export interface DeviceCall<Body> {
  readonly body: Body;
  readonly device: AdmittedDevice;
}

/** Before there is a device: its key comes with the request that it signs. */
export interface PairingCall<Body> {
  readonly body: Body;
  readonly request: DeviceRequest;
  readonly seen: Seen;
}

interface DeviceHandler {
  readonly respond: (deps: Dependencies, event: APIGatewayProxyEventV2) => Promise<Answer>;
}

const longestHeader = 120;

const headerOf = ({ headers }: APIGatewayProxyEventV2, name: string): string => (headers[name] ?? '').slice(0, longestHeader);

function readDeviceRequest(event: APIGatewayProxyEventV2): DeviceRequest {
  const written = headerOf(event, 'countersign-signature');
  const signature = Buffer.from(written, 'base64url');
  // One spelling: base64url has several of the same bytes.
  if (signature.toString('base64url') !== written) throw notAdmitted();
  const { method, path } = event.requestContext.http;
  return {
    method,
    path,
    factorId: headerOf(event, 'countersign-device'),
    time: headerOf(event, 'countersign-time'),
    signature,
    body: bodyBytes(event),
  };
}

function seenOf({ requestContext: { requestId, http } }: APIGatewayProxyEventV2): Seen {
  return { requestId, ipAddress: http.sourceIp, userAgent: http.userAgent };
}

/** Whoever did not sign learns nothing of what is wrong with the body. */
export function deviceHandler<Schema extends z.ZodMiniType>(description: {
  readonly body: Schema;
  handle(deps: Dependencies, call: DeviceCall<z.infer<Schema>>): Promise<Answer>;
}): DeviceHandler {
  return {
    respond: async (deps, event) => {
      const device = await admitDevice(deps, readDeviceRequest(event), seenOf(event));
      return description.handle(deps, { device, body: readBody(description.body, event) });
    },
  };
}

export function pairingHandler<Schema extends z.ZodMiniType>(description: {
  readonly body: Schema;
  handle(deps: Dependencies, call: PairingCall<z.infer<Schema>>): Promise<Answer>;
}): DeviceHandler {
  return {
    respond: (deps, event) =>
      description.handle(deps, { body: readBody(description.body, event), request: readDeviceRequest(event), seen: seenOf(event) }),
  };
}

export const deviceDoor = (handlers: { readonly [Name in Operation]?: DeviceHandler }): Door =>
  openDoor(handlers, async (_route, { respond }, event) => respond(await getDependencies(), event));
