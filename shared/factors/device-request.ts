/** What a device signs of a request, and whether it did (docs/decisions/0010-signed-by-the-device.md). */
import { createHash } from 'node:crypto';
import { minute, second } from '../platform/clock.ts';
import { isSignedBy } from './device-key.ts';

export interface DeviceRequest {
  readonly method: string;
  readonly path: string;
  /** The account on the device, by the id of its factor. */
  readonly factorId: string;
  /** Epoch seconds, as the device knows them. */
  readonly time: string;
  readonly signature: Uint8Array;
  /** Every byte of it, as it came. */
  readonly body: Uint8Array;
}

const format = 'countersign-device-1';
/** D18. What is sent again within it changes nothing: the state decides, and answers are for one challenge and one send. */
const skew = 5 * minute;

/** One line each: none of the values can hold a line's end. */
export function signedText({ method, path, factorId, time, body }: Omit<DeviceRequest, 'signature'>): string {
  return [format, method, path, factorId, time, createHash('sha256').update(body).digest('base64url')].join('\n');
}

function isInTime(time: string, now: number): boolean {
  return /^\d{1,12}$/.test(time) && Math.abs(Number(time) * second - now) <= skew;
}

export function isDeviceRequest(deviceKey: Uint8Array, request: DeviceRequest, now: number): boolean {
  return isInTime(request.time, now) && isSignedBy(deviceKey, Buffer.from(signedText(request)), request.signature);
}
