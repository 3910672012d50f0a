/** Setting up our own app: a link with a secret that pairs one device, once, as a picture to scan. */
import { renderSVG } from 'uqr';
import { writeObjectId } from '../../platform/object-id.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { refusePinless } from '../../factors/kinds/app.ts';
import { hashPin } from '../../factors/kinds/phone.ts';
import { isPairable, pairingSecret } from '../../factors/pairing.ts';
import { checkPin } from '../../factors/pin.ts';
import { isAppMethod, type AppMethod } from '../../user-state/methods.ts';
import type { AppFactor } from '../../user-state/factor.ts';
import type { SetUpContext, SetUpInput, SetUpKind } from './set-up-kind.ts';

export interface AppInput extends SetUpInput {
  readonly method: AppMethod;
  readonly pin?: string | undefined;
}

function makePin({ keys, state, policy, factorId }: SetUpContext, pin: string): Uint8Array {
  checkPin(pin, policy.pin.minimumLength, []);
  return hashPin(keys, state, factorId, pin);
}

/** In the fragment: browsers do not send it to anybody, and it is in no log (I10). */
function pairingLink({ keys, home, state, pagesUrl }: SetUpContext, factor: AppFactor): string {
  const name = writeObjectId(keys, 'fac', { ...home, random: factor.id });
  return `${pagesUrl}/authenticator#${name}.${pairingSecret(keys, state, factor.id).toString('base64url')}`;
}

export const appSetUp: SetUpKind<AppFactor, AppInput> = {
  create: (context, { label, method, pin }) => {
    const factor: AppFactor = {
      id: context.factorId,
      kind: 'app',
      status: 'proving',
      ...(label === undefined ? {} : { label }),
      createdAt: context.now,
      method,
      ...(pin === undefined ? {} : { pin: makePin(context, pin) }),
    };
    refusePinless(factor);
    return factor;
  },
  reveal: (context, factor) => {
    if (!isPairable(factor, context.now)) return {};
    const pairingUri = pairingLink(context, factor);
    const svg = renderSVG(pairingUri, { border: 4, pixelSize: 4 });
    return { pairingUri, qrCode: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
  },
  change: (context, _factor, { method, pin, numbers }) => {
    if (numbers !== undefined) throw new Problem('request-invalid', { detail: 'An app has no numbers.' });
    if (method !== undefined && !isAppMethod(method)) throw new Problem('request-invalid', { detail: 'An app has no such method.' });
    return { ...(method ? { method } : {}), ...(pin === undefined ? {} : { pin: makePin(context, pin) }) };
  },
};
