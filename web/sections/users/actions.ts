/** What can be done about a user: only what makes sense now, and what cannot be done says why. */
import { button } from '../../dom/controls.ts';
import { element, type Content } from '../../dom/element.ts';
import { reasonedButton } from '../../dom/reasoned-button.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import type { ActionsContext } from './actions-context.ts';
import { openEditUser } from './edit-user.ts';
import { openEnable, openInvite } from './enable.ts';
import { openErase } from './erase.ts';
import type { User } from './user.ts';

interface Plain {
  readonly name: string;
  readonly title?: string;
  readonly text: readonly string[];
  readonly path: string;
  readonly doneText: string | ((user: User) => string);
}

/** Something done for a reason, and nothing else asked. */
function openPlain({ console, tagged: { body: user } }: ActionsContext, { name, title = name, text, path, doneText }: Plain): void {
  openAction(console, {
    title,
    text,
    doName: name,
    withReason: true,
    act: (reason) => console.ask<User>('POST', console.at('users', user.userId, path), { reason }),
    done: (now) => console.goTelling(typeof doneText === 'string' ? doneText : doneText(now), 'users', 'user', user.userId),
  });
}

function disableWhyNot({ console, words, tagged: { body: user }, policy }: ActionsContext): string | undefined {
  if (user.mfa === 'none') return words.nothingToDisable;
  const setBy = policy.requiredBy(user);
  if (setBy === undefined) return undefined;
  const own = setBy === console.organization.organizationId ? console.organization.name : setBy;
  return words.disableForbidden(setBy === 'installation' ? words.installation : own);
}

/** Help desks unlock, and send an invitation again, where it is shown; nothing else. */
function forHelpdesk(context: ActionsContext): Content[] {
  const { words, tagged: { body: user } } = context;
  const unlock = { name: words.unlock, text: [words.unlockText], path: 'unlock', doneText: words.unlockedNow };
  return [user.lock ? button(words.unlock, () => openPlain(context, unlock), { look: 'main' }) : undefined];
}

function forAdministrator(context: ActionsContext): Content[] {
  const { console, words, tagged } = context;
  const { body: user } = tagged;
  const suspend = user.suspended
    ? { name: words.resume, text: [words.resumeText], path: 'resume', doneText: words.resumedNow }
    : { name: words.suspend, text: [words.suspendText], path: 'suspend', doneText: words.suspendedNow };
  const resetNow = ({ enrollment }: User) => (enrollment ? words.resetNow : words.resetUninvited);
  const reset = { name: words.reset, title: words.resetOf(user.displayName), text: words.resetText, path: 'reset', doneText: resetNow };
  const disable = { name: words.disable, text: [words.disableText], path: 'disable', doneText: words.disabledNow };
  return [
    button(words.edit, () => openEditUser(console, words, tagged)),
    user.factors.length > 0 ? button(words.reset, () => openPlain(context, reset)) : undefined,
    button(suspend.name, () => openPlain(context, suspend)),
    button(words.erase, () => openErase(console, words, user), { look: 'danger' }),
    reasonedButton(words.disable, () => openPlain(context, disable), disableWhyNot(context), { look: 'danger' }),
  ];
}

export function actionRows(context: ActionsContext): Content[] {
  const { console, words, tagged: { body: user } } = context;
  if (!console.may('helpdesk')) return [];
  const mayChange = console.may('administrator');
  const isNew = mayChange && user.mfa === 'none';
  const all = [
    isNew ? button(words.enable, () => openEnable(context), { look: 'main' }) : undefined,
    isNew ? button(words.invite, () => openInvite(context)) : undefined,
    ...forHelpdesk(context),
    ...(mayChange ? forAdministrator(context) : []),
  ].filter((each) => each !== undefined);
  return all.length === 0 ? [] : [element('div', { class: 'row actions', role: 'group', 'aria-label': words.actions }, ...all)];
}
