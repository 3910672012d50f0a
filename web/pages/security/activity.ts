/** What happened in the last thirty days, and "This was not me", which shuts one's own sign-in at once (A77a). */
import { button } from '../../dom/controls.ts';
import { element, paragraph } from '../../dom/element.ts';
import { forgetSession } from '../../ask/ask.ts';
import { wayBack } from '../../frame/frame.ts';
import type { SecurityWords } from '../../words/en/security.ts';
import type { ActivityEvent } from './account.ts';
import { isSignIn } from './last-use.ts';
import { kindName, nameOf, timeOf } from './names.ts';
import { section } from './pieces.ts';
import type { Settings } from './settings.ts';

function whatText({ happened }: SecurityWords, event: ActivityEvent): string {
  const name = event.kind === 'challenge-approved' && !isSignIn(event) ? 'change-confirmed' : event.kind;
  return happened.events[name] ?? happened.otherEvent;
}

/** By what: their own word for it, as long as they have it. */
function wayText({ frame: { words }, seen }: Settings, { kind, factorId, method }: ActivityEvent): string | undefined {
  if (kind.startsWith('recovery-key')) return undefined;
  const factor = seen.user.factors.find((each) => each.factorId === factorId);
  if (factor) return nameOf(words, factor);
  return method === undefined ? undefined : kindName(words, method);
}

function fromText({ happened }: SecurityWords, { from }: ActivityEvent): string | undefined {
  if (!from) return undefined;
  const { browser, system, network } = from;
  const device = [browser, system].filter((each) => each !== undefined).join(', ');
  const place = [device, network === undefined ? '' : happened.network(network)].filter((each) => each !== '').join(', ');
  return place === '' ? undefined : happened.from(place);
}

function rowOf(settings: Settings, event: ActivityEvent): HTMLElement {
  const { words } = settings.frame;
  const { security, happened } = words;
  const audience = event.audience === undefined || event.audience === '' || !isSignIn(event) ? undefined : (security.audiences[event.audience] ?? event.audience);
  const more = [audience, wayText(settings, event), event.by === 'administrator' ? happened.byAdministrator : undefined, fromText(words, event)].filter((each) => each !== undefined);
  return element('li', { tabindex: -1 }, element('span', { class: 'what' }, whatText(words, event)), timeOf(event.at), more.length === 0 ? undefined : element('span', { class: 'soft' }, more.join(' · ')));
}

function listOf(settings: Settings): HTMLElement {
  const { frame, account, seen } = settings;
  const { happened } = frame.words;
  let { cursor } = seen.activity;
  const list = element('ol', { class: 'happened' }, ...seen.activity.events.map((event) => rowOf(settings, event)));
  const more = button(happened.more, async () => {
    const next = await settings.attempt(() => account.activity(cursor));
    if (!next) return;
    ({ cursor } = next);
    const rows = next.events.map((event) => rowOf(settings, event));
    list.append(...rows);
    if (cursor === undefined) row.remove();
    rows[0]?.focus();
    frame.tell(happened.moreShown(rows.length));
  });
  const row = element('div', { class: 'row' }, more);
  return element('div', { class: 'field' }, list, cursor === undefined ? undefined : row);
}

async function suspend(settings: Settings): Promise<void> {
  const { frame, account } = settings;
  const { happened } = frame.words;
  const isDone = await settings.attempt(() => account.suspend().then(() => true));
  if (!isDone) return;
  // The service has ended it already; the cookie goes too.
  await account.signOut().catch(() => undefined);
  forgetSession();
  const steps = element('ol', { class: 'steps' }, ...happened.shutSteps.map((step) => element('li', {}, step)));
  frame.show({ title: happened.shutTitle, content: [paragraph(happened.shutText), element('h2', {}, happened.shutNext), steps, wayBack(frame)] });
}

function explain(settings: Settings): void {
  const { frame, home } = settings;
  const { security, happened } = frame.words;
  const act = button(happened.notMeDo, () => suspend(settings), { look: 'danger' });
  const back = button(security.back, () => home(), { look: 'link' });
  frame.show({ title: happened.notMeTitle, content: [...happened.notMeWhat.map((text) => paragraph(text)), element('div', { class: 'row' }, act, back)] });
}

export function activitySection(settings: Settings): HTMLElement {
  const { happened } = settings.frame.words;
  const isEmpty = settings.seen.activity.events.length === 0;
  return section(
    happened.activity,
    paragraph(isEmpty ? happened.nothingHappened : happened.activityOf, { class: 'soft' }),
    isEmpty ? undefined : listOf(settings),
    paragraph(happened.notMeText),
    element('div', { class: 'row' }, button(happened.notMe, () => explain(settings), { look: 'danger' })),
  );
}
