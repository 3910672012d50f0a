/** The first view of the security page: what is in force, what somebody has, and what can be done about it. */
import { button } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { facts } from '../../dom/facts.ts';
import { isBackup } from '../../proofs/strength.ts';
import { activitySection } from './activity.ts';
import { addSection } from './add.ts';
import { lastUse } from './last-use.ts';
import { manage } from './manage.ts';
import { mailSection } from './mail.ts';
import { dayOf, howBeside, nameOf, timeOf, timeText } from './names.ts';
import { inOrder } from './order.ts';
import { section, stateOf, whyNot } from './pieces.ts';
import { phoneProvisioning } from './provisioning.ts';
import { recoverySection } from './recovery.ts';
import type { Settings } from './settings.ts';
import type { Factor } from './account.ts';

function supportLink({ frame: { words, welcome } }: Settings): Content {
  const { support } = welcome.organization;
  if (!support || !URL.canParse(support.url) || !/^https?:$/.test(new URL(support.url).protocol)) return undefined;
  const { security, openedNewTab } = words;
  return element('a', { href: support.url, target: '_blank', rel: 'noopener noreferrer' }, security.failedNext(support.name), element('span', { class: 'unseen' }, ` ${openedNewTab}`));
}

/** Where an organization knows telephones, or somebody has one (row 1.4). */
function phoneFact(settings: Settings): Content {
  const { security } = settings.frame.words;
  const { user, options } = settings.seen;
  const isKnown = options.methods.some((method) => method.startsWith('phone:')) || user.factors.some(({ kind }) => kind === 'phone');
  if (!isKnown) return undefined;
  const { is, status } = phoneProvisioning(user);
  const text = [security.provisioning[is], status && security.phoneIs[status]].filter((each) => each !== undefined).join(' ');
  return element('span', {}, `${text} `, is === 'failed' ? supportLink(settings) : undefined);
}

function askedAt({ frame, seen }: Settings): string {
  const { security } = frame.words;
  const { audiences } = seen.user;
  return audiences && !seen.options.isRequired ? security.only(audiences.map((name) => security.audiences[name] ?? name).join(', ')) : security.everywhere;
}

function overview(settings: Settings): HTMLElement {
  const { security } = settings.frame.words;
  const { user } = settings.seen;
  return facts([
    [security.confirmation, security.mfa[user.mfa] ?? user.mfa],
    [security.phone, phoneFact(settings)],
    [security.askedAt, askedAt(settings)],
    [security.lastSignIn, user.lastSignIn === undefined ? security.never : timeOf(user.lastSignIn)],
  ], 'facts');
}

function card(settings: Settings, factor: Factor, isFirst: boolean): HTMLElement {
  const { words } = settings.frame;
  const { security } = words;
  const name = nameOf(words, factor);
  const why = whyNot(words, factor);
  const strength = factor.acr === undefined ? undefined : `${security.strengths[factor.acr] ?? ''} (${factor.acr})`;
  const used = lastUse(settings.seen.activity.events, factor.factorId);
  const open = button(security.manage, () => manage(settings, factor.factorId));
  open.append(element('span', { class: 'unseen' }, ` ${name}`));
  return element(
    'li',
    { class: 'card' },
    element('h3', {}, name),
    element('p', { class: 'states' }, stateOf(words, factor), isFirst ? element('span', { class: 'state' }, security.first) : undefined),
    why === undefined ? undefined : paragraph(why, { class: 'why' }),
    facts([[security.how, howBeside(words, factor)], [security.strength, strength], [security.added, dayOf(factor.createdAt)], [security.used, used === undefined ? security.notUsed : timeOf(used)]]),
    element('div', { class: 'row' }, open),
  );
}

function haveSection(settings: Settings): HTMLElement {
  const { security } = settings.frame.words;
  const factors = inOrder(settings.seen.user.factors);
  if (factors.length === 0) return section(security.have, paragraph(security.haveNothing));
  const first = factors.filter(({ status }) => status === 'active').length > 1 ? factors[0] : undefined;
  return section(security.have, element('ul', { class: 'cards' }, ...factors.map((factor) => card(settings, factor, factor === first))));
}

function lockedText({ frame: { words }, seen }: Settings): string | undefined {
  const { lock } = seen.user;
  if (!lock) return undefined;
  return lock.until === undefined ? words.security.locked : words.security.lockedUntil(timeText(lock.until));
}

export function drawHome(settings: Settings, signOut: () => unknown): void {
  const { frame, seen } = settings;
  const { security } = frame.words;
  const locked = lockedText(settings);
  const key = seen.user.factors.find(isBackup);
  frame.show({
    title: security.title,
    content: [
      locked === undefined ? undefined : paragraph(locked, { class: 'told bad' }),
      paragraph(security.page(frame.welcome.organization.name), { class: 'soft' }),
      overview(settings),
      haveSection(settings),
      addSection(settings),
      recoverySection(settings, key),
      mailSection(settings),
      activitySection(settings),
      element('div', { class: 'row end' }, button(security.signOut, signOut)),
    ],
  });
}
