/** One way, and all that can be done with it: its name, its place, on and off, its numbers, its method and PIN, away with it. */
import { button, field, form } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { facts } from '../../dom/facts.ts';
import type { Factor } from './account.ts';
import { dayOf, howBeside, nameOf } from './names.ts';
import { methodSection } from './method.ts';
import { numbersSection } from './numbers.ts';
import { inOrder, ranksFor } from './order.ts';
import { section, stateOf, whyNot } from './pieces.ts';
import { counts, isBackup } from '../../proofs/strength.ts';
import { askRemoval, needsMailed } from './remove.ts';
import { resyncSection } from './resync.ts';
import type { Settings } from './settings.ts';

function nameForm(settings: Settings, { factorId, label = '' }: Factor): HTMLElement {
  const { words } = settings.frame;
  const { security } = words;
  const name = field(security.name, { hint: security.nameHint, maxlength: 32, autocapitalize: 'sentences', autocomplete: 'off', value: label });
  const save = async (): Promise<void> => {
    name.complain(name.value() === '' ? security.nameMissing : '');
    if (name.value() === '') return;
    const done = await settings.attempt(() => settings.account.change(factorId, { label: name.value() }));
    if (done) await settings.stay(factorId, security.saved);
  };
  return section(security.rename, form(security.saveName, save, name.box));
}

async function makeFirst(settings: Settings, { factorId }: Factor): Promise<void> {
  const { account, seen, frame } = settings;
  const done = await settings.attempt(async () => {
    for (const { factorId: changed, rank } of ranksFor(seen.user.factors, factorId)) await account.change(changed, { rank });
    return true;
  });
  if (done) await settings.stay(factorId, frame.words.security.madeFirst);
}

/** Asking to be asked again takes no proof where nothing is asked for yet: it only adds protection. */
async function turn(settings: Settings, factor: Factor, status: 'active' | 'inactive'): Promise<void> {
  const { account, prover, seen, frame } = settings;
  const { security } = frame.words;
  const { factorId } = factor;
  const isAsked = seen.user.factors.some((each) => !isBackup(each) && each.status === 'active');
  const needs = { mailed: status === 'inactive' && needsMailed(seen.user, factor) };
  const work = () => (isAsked ? prover.change((rights) => account.change(factorId, { status }, rights), needs) : account.change(factorId, { status }));
  const done = await settings.attempt(work, status === 'inactive' ? { 'policy-forbids': security.lastOne } : {});
  if (done) await settings.stay(factorId, status === 'active' ? security.turnedOn : security.turnedOff);
}

function switches(settings: Settings, factor: Factor): Content {
  const { security } = settings.frame.words;
  const active = inOrder(settings.seen.user.factors).filter(({ status }) => status === 'active');
  const isFirst = active[0]?.factorId === factor.factorId;
  const first = factor.status === 'active' && !isFirst ? button(security.makeFirst, () => makeFirst(settings, factor)) : undefined;
  const off = factor.status === 'active' ? button(security.turnOff, () => turn(settings, factor, 'inactive')) : undefined;
  const on = factor.status === 'inactive' ? button(security.turnOn, () => turn(settings, factor, 'active')) : undefined;
  return first || off || on ? element('div', { class: 'row' }, first, off, on) : undefined;
}

function removal(settings: Settings, factor: Factor): Content {
  const { words } = settings.frame;
  const { security } = words;
  const isProving = factor.status === 'proving';
  const doName = isProving ? security.giveUp : security.remove;
  const ask = (): void => askRemoval(settings, factor, { title: security.removeTitle(nameOf(words, factor)), text: security.removeText, doName, told: security.removed });
  return section(doName, paragraph(security.removeText, { class: 'soft' }), element('div', { class: 'row' }, button(doName, ask, { look: 'danger' })));
}

/** What takes a proof cannot be done while nothing is asked for: there would be nothing to prove it by. */
function canChange({ seen }: Settings, { status }: Factor): boolean {
  return seen.user.factors.some(counts) || status === 'proving';
}

export function manage(settings: Settings, factorId: string): void {
  const { frame, seen } = settings;
  const { words } = frame;
  const { security } = words;
  const factor = seen.user.factors.find((each) => each.factorId === factorId);
  if (!factor) return;
  const why = whyNot(words, factor);
  const isInUse = factor.status === 'active' || factor.status === 'inactive';
  const isOpen = canChange(settings, factor);
  const own = isInUse && isOpen ? [numbersSection(settings, factor), methodSection(settings, factor), resyncSection(settings, factor)] : [];
  frame.show({
    title: nameOf(words, factor),
    content: [
      why === undefined ? undefined : paragraph(why, { class: 'told bad' }),
      facts([[security.how, howBeside(words, factor)], [security.status, stateOf(words, factor)], [security.added, dayOf(factor.createdAt)]], 'facts'),
      isOpen ? undefined : paragraph(security.turnOnFirst),
      switches(settings, factor),
      factor.status === 'proving' ? numbersSection(settings, factor) : undefined,
      ...own,
      isInUse ? nameForm(settings, factor) : undefined,
      isOpen ? removal(settings, factor) : undefined,
      element('div', { class: 'row' }, button(security.back, () => settings.home(), { look: 'link' })),
    ],
  });
}
