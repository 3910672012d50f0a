/** Setting up a passkey: one button, then the browser leads through it. */
import { startRegistration, type PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import type { SetUpFactor } from '../ask/answers.ts';
import { button } from '../dom/controls.ts';
import { element, paragraph } from '../dom/element.ts';
import type { SetUp, SetUpWay } from './set-up-way.ts';

async function register({ publicKey }: SetUpFactor): Promise<string | undefined> {
  try {
    return JSON.stringify(await startRegistration({ optionsJSON: publicKey as PublicKeyCredentialCreationOptionsJSON }));
  } catch {
    return undefined;
  }
}

function show(setUp: SetUp, factor: SetUpFactor): void {
  const { frame, chooseAgain } = setUp;
  const { passkey } = frame.words;
  const create = async (): Promise<void> => {
    const answer = await register(factor);
    const confirmed = answer === undefined ? undefined : await setUp.confirm(factor.factorId, answer);
    if (confirmed?.status === 'active') setUp.finish(confirmed);
    else frame.tell(passkey.notMade, 'bad');
  };
  const other = chooseAgain && button(frame.words.otherWay, chooseAgain, { look: 'link' });
  frame.show({
    title: passkey.title,
    content: [paragraph(passkey.how), element('div', { class: 'row' }, button(passkey.create, create), other), paragraph(passkey.keep, { class: 'soft' })],
  });
}

export const passkeySetUp: SetUpWay = {
  name: ({ passkey }) => passkey.name,
  what: ({ passkey }) => passkey.what,
  begin: async (setUp) => {
    const factor = await setUp.add({ kind: 'passkey' });
    if (factor) show(setUp, factor);
  },
};
