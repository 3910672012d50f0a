/** The numbers of a telephone: a new one is reached at once, and saved only when somebody has confirmed there (row 1.4). */
import type { PhoneNumber, SetUpFactor } from '../../ask/answers.ts';
import { button, form } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { facts } from '../../dom/facts.ts';
import { showReached } from '../../set-ups/phone.ts';
import { isComplete, numberFields } from '../../set-ups/phone-number.ts';
import type { Factor } from './account.ts';
import { setUpOf } from './add.ts';
import { section } from './pieces.ts';
import type { Settings } from './settings.ts';

type Slot = 'primary' | 'secondary';

const numberIn = ({ numbers }: SetUpFactor, slot: Slot): PhoneNumber | undefined => numbers?.[slot];

function titleOf({ frame: { words } }: Settings, factor: Factor, slot: Slot): string {
  const { security } = words;
  if (slot === 'primary') return security.changePrimary;
  return numberIn(factor, slot) ? security.changeSecondary : security.addSecondary;
}

/** Looks on while the number is called or texted. A new factor is proved when it is active; a new number when it is the one that counts. */
function reach(settings: Settings, factor: SetUpFactor, slot: Slot, goBack: () => void): void {
  const { security } = settings.frame.words;
  const { factorId, hint = '' } = factor;
  const setUp = setUpOf(settings, {
    isProved: (now) => now.status !== 'proving' && numberIn(now, slot)?.proved === true,
    done: () => settings.stay(factorId, security.numberSaved),
  });
  showReached(setUp, factor, numberIn(factor, slot)?.hint ?? hint, goBack);
}

function showForm(settings: Settings, factor: Factor, slot: Slot): void {
  const { frame, account, prover, seen } = settings;
  const { words } = frame;
  const { security } = words;
  const { factorId, method } = factor;
  const fields = numberFields(words, seen.options);
  const view = { title: titleOf(settings, factor, slot), focus: fields.first };
  const save = async (): Promise<void> => {
    const needsPin = fields.extension.value() !== '' && method !== 'call-pin' && security.extensionNeedsPin;
    if (!isComplete([...fields.complaints(), [fields.extension, needsPin]])) return;
    const changed = await settings.attempt(() => prover.change((rights) => account.change(factorId, { numbers: { [slot]: fields.read() } }, rights)));
    if (changed) reach(settings, changed, slot, () => frame.show({ ...view, content }));
  };
  const back = button(words.back, () => settings.stay(factorId), { look: 'link' });
  const content = [paragraph(security.numberText), form(security.authenticateAndSave, save, ...fields.content), element('div', { class: 'row' }, back)];
  frame.show({ ...view, content });
}

function numberText({ frame: { words } }: Settings, number: PhoneNumber | undefined): string | undefined {
  const { security } = words;
  if (!number) return undefined;
  const more = [number.hasExtension ? security.extension : '', number.proved ? '' : security.unproved].filter((each) => each !== '');
  return [number.hint, ...more].join(', ');
}

/** A number that nobody has confirmed yet can be called again, from where it was left. */
function goOn(settings: Settings, factor: Factor): Content {
  const slot = (['primary', 'secondary'] as const).find((each) => numberIn(factor, each)?.proved === false);
  if (!slot) return undefined;
  const press = async (): Promise<void> => {
    const sent = await settings.attempt(() => settings.account.setUps.send(factor.factorId));
    if (sent) reach(settings, sent, slot, () => void settings.stay(factor.factorId));
  };
  return button(settings.frame.words.security.goOnProving, press);
}

export function numbersSection(settings: Settings, factor: Factor): HTMLElement | undefined {
  if (factor.kind !== 'phone') return undefined;
  const { security } = settings.frame.words;
  const [primary, secondary] = [numberText(settings, numberIn(factor, 'primary')), numberText(settings, numberIn(factor, 'secondary'))];
  const change = (slot: Slot): HTMLElement => button(titleOf(settings, factor, slot), () => showForm(settings, factor, slot));
  const changes = factor.status === 'proving' ? [] : [change('primary'), change('secondary')];
  return section(
    security.numbers,
    facts([[security.primary, primary], [security.secondary, secondary]], 'facts'),
    paragraph(security.keepUpToDate, { class: 'soft' }),
    element('div', { class: 'row' }, goOn(settings, factor), ...changes),
  );
}
