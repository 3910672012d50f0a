/** A device with our app on it: a P-256 key that signs requests as the app does, without the product's own code. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

export interface SignedParts {
  readonly path: string;
  readonly factorId: string;
  /** Epoch seconds. */
  readonly time: number;
  readonly body: string;
}

export interface Device {
  /** As WebCrypto exports it, base64url. */
  readonly publicKey: string;
  signature(parts: SignedParts): Buffer;
  /** What is sent with the body. */
  headers(parts: SignedParts): Record<string, string>;
}

export function makeDevice(): Device {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const signature: Device['signature'] = ({ path, factorId, time, body }) => {
    const digest = createHash('sha256').update(body).digest('base64url');
    const text = ['countersign-device-1', 'POST', path, factorId, String(time), digest].join('\n');
    return sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  };
  return {
    publicKey: point.toString('base64url'),
    signature,
    headers: (parts) => ({
      'countersign-device': parts.factorId,
      'countersign-time': String(parts.time),
      'countersign-signature': signature(parts).toString('base64url'),
    }),
  };
}

/** What a pairing link holds: the account's name, and the secret. */
export function readPairingUri(uri: string): { page: string; factorId: string; secret: string } {
  const [page = '', fragment = ''] = uri.split('#');
  const dot = fragment.lastIndexOf('.');
  return { page, factorId: fragment.slice(0, dot), secret: fragment.slice(dot + 1) };
}
