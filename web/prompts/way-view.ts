/** One way to confirm, on the page: what to type, whom to reach, and how far that is. */
import type { Challenge, Progress } from '../ask/answers.ts';
import { button, codeField, form, type Field } from '../dom/controls.ts';
import { element, paragraph, type Content } from '../dom/element.ts';
import type { Frame } from '../frame/frame.ts';
import type { Way } from './prompt-ways.ts';
import { mayRepeat, progressText } from './progress-text.ts';
import type { SignInWords } from '../words/en/sign-in.ts';

export interface WayActions {
  answer(answer: string): Promise<void>;
  reach(): Promise<void>;
}

/** Where it stands: on a page of its own, or in a dialog, which has a heading of its own and is heard by itself. */
export interface Around extends Pick<Frame<SignInWords>, 'words' | 'tell'> {
  readonly level?: 'h2' | 'h3';
}

export interface WayView {
  readonly content: readonly Content[];
  readonly focus?: HTMLElement | undefined;
  /** Shows how far it is, without touching what the person is typing. */
  update(challenge: Challenge): void;
}

function typedForm({ words }: Around, { way }: Way, actions: WayActions): { form: HTMLFormElement; field: Field } | undefined {
  const { typed } = way;
  if (!typed) return undefined;
  const { keyboard = 'numeric', longest = 12 } = typed;
  // What is no code of digits is no one-time code to a phone, which would suggest the last one that it was sent.
  const own = keyboard === 'text' ? { inputmode: 'text', autocomplete: 'off' } : {};
  const field = codeField(typed.label(words), { hint: typed.hint?.(words), maxlength: longest, ...own });
  const send = async (): Promise<void> => {
    field.complain(field.value() === '' ? words.codeMissing : '');
    if (field.value() === '') return;
    await actions.answer(field.value());
    field.input.value = '';
    field.input.focus();
  };
  return { form: form(words.confirm, send, field.box), field };
}

function performButton({ words }: Around, { way, factor }: Way, actions: WayActions): HTMLButtonElement | undefined {
  const { perform, performName } = way;
  if (!perform) return undefined;
  const press = async (): Promise<void> => {
    const answer = await perform(factor);
    if (answer !== undefined) await actions.answer(answer);
  };
  return button(performName?.(words) ?? words.confirm, press, { look: 'main' });
}

/** The number is said with the words beside it, so that it is heard as well as seen. */
function showNumber(box: HTMLElement, words: string | undefined, show: string | undefined): void {
  box.hidden = show === undefined || words === undefined;
  if (box.hidden || box.dataset['show'] === show) return;
  box.dataset['show'] = show ?? '';
  box.replaceChildren(paragraph(words ?? ''), element('strong', { class: 'number' }, show));
}

export function viewWay(around: Around, chosen: Way, actions: WayActions): WayView {
  const { words, tell, level = 'h2' } = around;
  const { factor, way } = chosen;
  const { reached } = way;
  const typed = typedForm(around, chosen, actions);
  const perform = performButton(around, chosen, actions);
  const reach = reached && button(reached.first(words), () => actions.reach(), { look: 'main' });
  const number = element('div', { hidden: true, 'aria-live': 'polite' });
  const update = ({ progress }: Challenge): void => {
    const own: Progress | undefined = progress?.factorId === undefined || progress.factorId === factor.factorId ? progress : undefined;
    if (typed && reached) typed.form.hidden = own === undefined;
    if (!reach) return;
    if (own) {
      reach.textContent = reached.again(words);
      reach.className = '';
      tell(progressText(words, own));
    }
    reach.hidden = own !== undefined && !mayRepeat(own);
    showNumber(number, reached.showing?.(words), own?.show);
  };
  const note = reached?.note ? paragraph(reached.note(words), { class: 'soft' }) : undefined;
  const name = element(level, {}, way.name(words, factor));
  const content = [name, paragraph(way.what(words, factor)), number, typed?.form, perform, reach && element('div', { class: 'row' }, reach), note];
  return { content, focus: typed && !reached ? typed.field.input : undefined, update };
}
