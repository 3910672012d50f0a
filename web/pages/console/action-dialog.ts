/** A dialog in which something is done to somebody: what it means, what it needs, and, where the trail asks for one, the reason. */
import { field, form, type Field } from '../../dom/controls.ts';
import { openDialog, type Dialog } from '../../dom/dialog.ts';
import { paragraph, type Content } from '../../dom/element.ts';
import type { Console } from './console.ts';
import { complainAtFields } from './problem-line.ts';

export interface ActionOptions<T> {
  readonly title: string;
  /** What will happen, a paragraph each. */
  readonly text?: readonly string[];
  readonly doName: string;
  readonly content?: readonly Content[];
  /** Where the person begins. */
  readonly focus?: HTMLElement | undefined;
  /** The fields by their names in the request: what the service finds wrong is said at them. */
  readonly fields?: Readonly<Record<string, Field>>;
  /** The trail asks why. */
  readonly withReason?: boolean;
  /** False when something is missing, and that was said at its field. */
  isComplete?(): boolean;
  act(reason: string): Promise<T>;
  /** After it was done. The dialog is closed already, unless it goes on in it. */
  done(result: T, dialog: Dialog): unknown;
  readonly staysOpen?: boolean;
  /** For a refusal that needs more than a line: true when it was shown. */
  refused?(error: unknown, dialog: Dialog): boolean | Promise<boolean>;
}

export function openAction<T>(console: Console, options: ActionOptions<T>): Dialog {
  const { words } = console;
  const dialog = openDialog({ closeName: words.cancel });
  const reason = field(words.reason, { hint: words.reasonHint, maxlength: 200, autocomplete: 'off', autocapitalize: 'sentences' });
  const fields: Readonly<Record<string, Field>> = { ...options.fields, ...(options.withReason ? { reason } : {}) };

  const isComplete = (): boolean => {
    for (const each of Object.values(fields)) each.complain('');
    const isRest = options.isComplete?.() ?? true;
    if (!isRest || !options.withReason || reason.value() !== '') return isRest;
    reason.complain(words.reasonMissing);
    return false;
  };
  const work = async (): Promise<{ result: T } | undefined> => {
    try {
      return { result: await options.act(reason.value()) };
    } catch (error) {
      if (complainAtFields(error, fields, words.fieldRefused)) return undefined;
      if (await options.refused?.(error, dialog)) return undefined;
      throw error;
    }
  };
  const send = async (): Promise<void> => {
    if (!isComplete()) return;
    const done = await console.attempt(work, dialog);
    if (!done) return;
    if (!options.staysOpen) dialog.close();
    await options.done(done.result, dialog);
  };
  const made = form(options.doName, send, ...(options.content ?? []), options.withReason ? reason.box : undefined);
  dialog.show(options.title, [...(options.text ?? []).map((each) => paragraph(each)), made], options.focus);
  return dialog;
}
