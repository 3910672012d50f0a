/** The first-factor check of a portal: where passwords are checked, and the secret by which the portal knows that it is us. */
import { field } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { facts } from '../../dom/facts.ts';
import { reasonedButton } from '../../dom/reasoned-button.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import type { PortalsWords } from '../../words/en/console-portals.ts';
import { isAddress, portalPath } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import { showSecrets } from './show-secret.ts';

function checkFields(words: PortalsWords, { firstFactorCheck }: PortalContext['portal']) {
  const plain = { inputmode: 'url', autocomplete: 'off', maxlength: 500 };
  return {
    url: field(words.checkUrl, { ...plain, hint: words.checkUrlHint, value: firstFactorCheck?.url ?? '' }),
    signInUrl: field(words.signInUrl, { ...plain, hint: words.signInUrlHint, value: firstFactorCheck?.signInUrl ?? '' }),
  };
}

function openSet({ console, words, portal, etag, again }: PortalContext): void {
  const { url, signInUrl } = checkFields(words, portal);
  const hasOne = portal.firstFactorCheck !== undefined;
  openAction(console, {
    title: hasOne ? words.changeCheck : words.setCheck,
    text: hasOne ? [words.changeCheckText] : [words.checkText],
    doName: hasOne ? words.changeCheck : words.setCheck,
    content: [url.box, signInUrl.box],
    // Whatever the service finds wrong within it is about its address.
    fields: { firstFactorCheck: url },
    isComplete: () => {
      const [isUrl, isSignIn] = [isAddress(url.value()), signInUrl.value() === '' || isAddress(signInUrl.value())];
      signInUrl.complain(isSignIn ? '' : words.checkUrlWrong);
      url.complain(isUrl ? '' : words.checkUrlWrong);
      return isUrl && isSignIn;
    },
    act: () => {
      const firstFactorCheck = { url: url.value(), ...(signInUrl.value() === '' ? {} : { signInUrl: signInUrl.value() }) };
      return console.ask<{ readonly firstFactorSecret: string }>('PATCH', portalPath(portal.clientId), { firstFactorCheck }, { ifMatch: etag });
    },
    done: ({ firstFactorSecret }) => showSecrets(console, words, [{ title: words.secretShown, text: words.secretText, secret: firstFactorSecret }], () => again()),
  });
}

function openRemove({ console, words, portal, etag, again }: PortalContext): void {
  openAction(console, {
    title: words.removeCheck,
    text: [words.removeCheckText],
    doName: words.removeCheck,
    act: () => console.ask('PATCH', portalPath(portal.clientId), { firstFactorCheck: null }, { ifMatch: etag }),
    done: () => again(words.removedCheck),
  });
}

export function checkBox(context: PortalContext): Content[] {
  const { words, portal, why } = context;
  const { firstFactorCheck } = portal;
  const shown = firstFactorCheck
    ? facts([[words.checkUrl, firstFactorCheck.url], ...(firstFactorCheck.signInUrl === undefined ? [] : [[words.signInUrl, firstFactorCheck.signInUrl] as const])])
    : paragraph(words.checkNone, { class: 'soft' });
  const set = reasonedButton(firstFactorCheck ? words.changeCheck : words.setCheck, () => openSet(context), why);
  const remove = firstFactorCheck && reasonedButton(words.removeCheck, () => openRemove(context), why);
  return [element('h2', {}, words.check), paragraph(words.checkText), shown, element('div', { class: 'row' }, set, remove)];
}
