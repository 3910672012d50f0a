/** The section of portals: those that reach this organization, and one of them with its keys and its first-factor check. */
import { element, paragraph } from '../../dom/element.ts';
import { pagedList } from '../../dom/paged-list.ts';
import { reasonedButton } from '../../dom/reasoned-button.ts';
import { dayText, numberText } from '../../frame/texts.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import type { Console } from '../../pages/console/console.ts';
import { tellCount } from '../../pages/console/tell-count.ts';
import { withQuery } from '../../pages/console/every-page.ts';
import type { PortalsWords } from '../../words/en/console-portals.ts';
import { portalPath, type Portal, type PortalPage } from './portal.ts';
import { portalForm, type PortalInput } from './portal-form.ts';
import { showPortal } from './portal-view.ts';
import { showSecrets } from './show-secret.ts';

function openAdd(console: Console, words: PortalsWords): void {
  const made = portalForm(words);
  const { organizationId } = console.organization;
  let [input, idempotencyKey] = [undefined as PortalInput | undefined, ''];
  openAction(console, {
    title: words.add,
    text: [words.addText],
    doName: words.add,
    content: made.content,
    fields: made.fields,
    isComplete: () => {
      const read = made.read();
      // Sent again because an answer was lost, it is made once; changed, it is another.
      if (JSON.stringify(read) !== JSON.stringify(input)) idempotencyKey = crypto.randomUUID();
      input = read;
      return read !== undefined;
    },
    act: () => console.ask<Portal & { readonly clientKey: string }>('POST', portalPath(), { ...input, organizationId }, { idempotencyKey }),
    done: ({ clientId, clientKey }) => showSecrets(console, words, [{ title: words.keyShown, text: words.keyText, secret: clientKey }], () => console.go('portals', 'portal', clientId)),
  });
}

async function showPortals(console: Console, words: PortalsWords): Promise<void> {
  const { organizationId, name } = console.organization;
  const isOwn = ({ organizationId: root }: Portal): boolean => root === organizationId;
  const list = pagedList<Portal>({
    name: words.title,
    columns: [
      { name: words.name, cell: (portal) => console.link(portal.name, 'portals', 'portal', portal.clientId) },
      { name: words.state, cell: ({ disabled }) => element('span', { class: disabled ? 'state bad' : 'state good' }, disabled ? words.disabled : words.active) },
      { name: words.scopes, cell: ({ scopes }) => scopes.map((scope) => words.scopeNames[scope] ?? scope).join(', ') },
      { name: words.keys, cell: ({ keys }) => numberText(keys.length) },
      { name: words.created, cell: ({ createdAt }) => dayText(createdAt) },
    ],
    load: async (cursor) => {
      const page = await console.attempt(() => console.ask<PortalPage>('GET', withQuery(portalPath(), { cursor })));
      return page && { rows: page.clients.filter(isOwn), cursor: page.cursor };
    },
    empty: () => [paragraph(words.none)],
    moreName: console.words.more,
    tellCount: tellCount(console),
  });
  const why = console.may('administrator') ? undefined : console.words.needsAdministrator;
  const add = element('div', { class: 'row' }, reasonedButton(words.add, () => openAdd(console, words), why, { look: 'main' }));
  console.show({ title: words.titleOf(name), content: [paragraph(words.intro), add, list.box] });
  await list.reload();
}

export async function draw(console: Console, words: PortalsWords, [place, clientId]: readonly string[]): Promise<void> {
  if (place === 'portal' && clientId !== undefined) await showPortal(console, words, clientId);
  else await showPortals(console, words);
}
