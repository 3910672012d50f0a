/** Setting up an authenticator app: a fresh secret, shown once as a QR code and as a key to type. */
import { generateURI } from 'otplib';
import { renderSVG } from 'uqr';
import { toBase32 } from '../../platform/base32.ts';
import { open, seal } from '../../platform/crypto/seal.ts';
import { sealBinding } from '../../factors/kinds/factor-kind.ts';
import { totpSecretLength } from '../../factors/kinds/totp.ts';
import type { TotpFactor } from '../../user-state/factor.ts';
import type { SetUpInput, SetUpKind } from './set-up-kind.ts';

/** A colon would end the issuer inside a label (Key Uri Format): names lose it, and control characters. */
const plain = (text: string): string => text.replace(/[\p{C}:]/gu, ' ').trim();

export interface TotpInput extends SetUpInput {
  /** What the app shows above the code; the organization's name if not said. */
  readonly issuer?: string | undefined;
}

export const totpSetUp: SetUpKind<TotpFactor, TotpInput> = {
  create: ({ userKey, state, random, now, factorId }, { label }) => ({
    id: factorId,
    kind: 'totp',
    status: 'proving',
    ...(label === undefined ? {} : { label }),
    createdAt: now,
    secret: new Uint8Array(seal(userKey, 1, random.bytes(totpSecretLength), sealBinding('totp', state, factorId), random)),
  }),
  reveal: ({ userKey, state, organization }, factor, { issuer }) => {
    const secret = toBase32(open(userKey, factor.secret, sealBinding('totp', state, factor.id)));
    const accountName = plain(state.userId);
    const otpauthUri = generateURI({ strategy: 'totp', issuer: plain(issuer ?? organization.name), label: accountName, secret });
    const svg = renderSVG(otpauthUri, { border: 4, pixelSize: 4 });
    return { secret, accountName, otpauthUri, qrCode: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
  },
};
