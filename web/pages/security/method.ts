/** By which method somebody is asked on a telephone or in the app, and the PIN that some of them take (row 1.5). */
import { button, form } from '../../dom/controls.ts';
import { element, paragraph } from '../../dom/element.ts';
import { appMethods, methodFields, phoneMethods } from '../../set-ups/method-fields.ts';
import { isComplete } from '../../set-ups/phone-number.ts';
import type { Factor } from './account.ts';
import { howOf } from './names.ts';
import { section } from './pieces.ts';
import type { Settings } from './settings.ts';

const ordered: Readonly<Record<string, readonly string[]>> = { phone: phoneMethods, app: appMethods };

const hasExtension = ({ numbers }: Factor): boolean => numbers?.primary?.hasExtension === true || numbers?.secondary?.hasExtension === true;

/** What the policy allows, this installation can do, and the number can take. */
export function methodsFor(factor: Factor, allowed: readonly string[]): string[] {
  const possible = (ordered[factor.kind] ?? []).filter((method) => allowed.includes(`${factor.kind}:${method}`));
  return hasExtension(factor) ? possible.filter((method) => method === 'call-pin') : possible;
}

function showForm(settings: Settings, factor: Factor): void {
  const { frame, account, prover, seen } = settings;
  const { words } = frame;
  const { security } = words;
  const { factorId, kind, method: current } = factor;
  const label = kind === 'app' ? words.ways.app.how : words.phone.how;
  const fields = methodFields(words, { allowed: methodsFor(factor, seen.options.methods), label, least: seen.options.pin.minimumLength, current });
  const save = async (): Promise<void> => {
    if (!isComplete(fields.complaints())) return;
    const changed = await settings.attempt(() => prover.change((rights) => account.change(factorId, fields.read(), rights)));
    if (changed) await settings.stay(factorId, security.methodSaved);
  };
  const why = hasExtension(factor) ? paragraph(security.extensionOnlyPin) : undefined;
  const back = button(words.back, () => settings.stay(factorId), { look: 'link' });
  frame.show({ title: security.changeMethod, content: [why, form(security.save, save, ...fields.content), element('div', { class: 'row' }, back)], focus: fields.method.input });
}

export function methodSection(settings: Settings, factor: Factor): HTMLElement | undefined {
  const { words } = settings.frame;
  const { security } = words;
  if (methodsFor(factor, settings.seen.options.methods).length === 0) return undefined;
  return section(security.methodAndPin, paragraph(howOf(words, factor)), element('div', { class: 'row' }, button(security.changeMethod, () => showForm(settings, factor))));
}
