/** One portal: what it may do, its keys, and what can be done about them. */
import { element, type Content } from '../../dom/element.ts';
import { facts } from '../../dom/facts.ts';
import { reasonedButton } from '../../dom/reasoned-button.ts';
import { tableOf } from '../../dom/table.ts';
import { timeText } from '../../frame/texts.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import type { Console } from '../../pages/console/console.ts';
import type { PortalsWords } from '../../words/en/console-portals.ts';
import { checkBox } from './check-box.ts';
import { portalPath, type Portal } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import { portalForm, type PortalInput } from './portal-form.ts';
import { showSecrets } from './show-secret.ts';

function openChange({ console, words, portal, etag, again }: PortalContext): void {
  const made = portalForm(words, portal);
  let input: PortalInput | undefined;
  openAction(console, {
    title: words.changeOf(portal.name),
    doName: console.words.save,
    content: made.content,
    fields: made.fields,
    isComplete: () => (input = made.read()) !== undefined,
    act: () => console.ask('PATCH', portalPath(portal.clientId), input, { ifMatch: etag }),
    done: () => again(console.words.saved),
  });
}

function openSwitch({ console, words, portal, etag, again }: PortalContext): void {
  const { disabled, clientId } = portal;
  openAction(console, {
    title: `${disabled ? words.enable : words.disable}: ${portal.name}`,
    text: [disabled ? words.enableText : words.disableText],
    doName: disabled ? words.enable : words.disable,
    act: () => console.ask('PATCH', portalPath(clientId), { disabled: !disabled }, { ifMatch: etag }),
    done: () => again(disabled ? words.enabledNow : words.disabledNow),
  });
}

function openAddKey({ console, words, portal, again }: PortalContext): void {
  const idempotencyKey = crypto.randomUUID();
  openAction(console, {
    title: words.addKey,
    text: [words.addKeyText],
    doName: words.addKey,
    act: () => console.ask<{ readonly clientKey: string }>('POST', portalPath(portal.clientId, 'keys'), {}, { idempotencyKey }),
    done: ({ clientKey }) => showSecrets(console, words, [{ title: words.keyShown, text: words.keyText, secret: clientKey }], () => again()),
  });
}

function openRemoveKey({ console, words, portal, again }: PortalContext, keyId: string): void {
  openAction(console, {
    title: words.removeKeyOf(keyId),
    text: portal.keys.length === 1 ? [words.removeLastText] : [words.removeKeyText],
    doName: words.removeKey,
    act: () => console.ask('DELETE', portalPath(portal.clientId, 'keys', keyId)),
    done: () => again(words.removedKey),
  });
}

function keyBox(context: PortalContext): Content[] {
  const { words, portal, why } = context;
  const { keys } = portal;
  const remove = (keyId: string): Content => {
    const made = reasonedButton(words.removeKey, () => openRemoveKey(context, keyId), why);
    const press = made instanceof HTMLButtonElement ? made : made.querySelector('button');
    press?.setAttribute('aria-label', `${words.removeKey}: ${keyId}`);
    return made;
  };
  const table = tableOf<Portal['keys'][number]>(words.keys, [
    { name: words.key, cell: ({ keyId }) => keyId },
    { name: words.created, cell: ({ createdAt }) => timeText(createdAt) },
    ...(why === undefined ? [{ name: words.removeKey, cell: ({ keyId }: Portal['keys'][number]) => remove(keyId) }] : []),
  ]);
  table.add(keys);
  const add = reasonedButton(words.addKey, () => openAddKey(context), why ?? (keys.length >= 2 ? words.keysFull : undefined));
  return [element('h2', {}, words.keys), element('div', { class: 'list' }, table.box), element('div', { class: 'row' }, add)];
}

function portalFacts(words: PortalsWords, { clientId, organizationId, scopes, audiences, returnUrls, createdAt }: Portal): HTMLElement {
  return facts([
    [words.clientId, clientId],
    [words.reaches, organizationId ?? words.everything],
    [words.scopes, scopes.map((scope) => words.scopeNames[scope] ?? scope).join(', ')],
    [words.audiences, audiences.join(', ')],
    [words.returnUrls, element('span', { class: 'lines' }, ...returnUrls.map((url) => element('span', { class: 'line' }, url)))],
    [words.created, timeText(createdAt)],
  ]);
}

export async function showPortal(console: Console, words: PortalsWords, clientId: string): Promise<void> {
  const { body: portal, etag } = await console.askTagged<Portal>('GET', portalPath(clientId));
  const why = console.may('administrator') ? undefined : console.words.needsAdministrator;
  const again = (text = ''): void => console.goTelling(text, 'portals', 'portal', clientId);
  const context: PortalContext = { console, words, portal, etag, why, again };
  const state = element('span', { class: portal.disabled ? 'state bad' : 'state good' }, portal.disabled ? words.disabled : words.active);
  const actions = element(
    'div',
    { class: 'row' },
    reasonedButton(words.change, () => openChange(context), why),
    reasonedButton(portal.disabled ? words.enable : words.disable, () => openSwitch(context), why, portal.disabled ? {} : { look: 'danger' }),
  );
  console.show({
    title: portal.name,
    content: [element('p', {}, console.link(words.back, 'portals')), state, portalFacts(words, portal), actions, ...keyBox(context), ...checkBox(context)],
  });
}
