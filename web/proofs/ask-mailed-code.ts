/** Asks, over the page, for a code that is mailed to the person's own address: as a proof, or to verify the address. */
import { Refusal } from '../ask/ask.ts';
import { button, codeField, form } from '../dom/controls.ts';
import { openDialog } from '../dom/dialog.ts';
import { element, paragraph } from '../dom/element.ts';
import type { Frame } from '../frame/frame.ts';
import type { SignInWords } from '../words/en/sign-in.ts';

export interface MailedWords extends SignInWords {
  readonly proof: {
    readonly mailTitle: string;
    mailText(address: string): string;
    readonly mailFailed: string;
    readonly mailAgain: string;
    readonly mailWrong: string;
    readonly mailOver: string;
  };
}

export interface Mailed {
  readonly sentTo: string;
  readonly state: 'sent' | 'failed';
}

export interface MailRequests<T> {
  send(): Promise<Mailed>;
  /** What the right code gives; `wrong`, or `over` when that was the last try. */
  answer(code: string): Promise<{ readonly given: T } | 'wrong' | 'over'>;
  /** What a refusal means, in words; false for one that ends it all. */
  explain(error: unknown): string | false;
}

/** Undefined when the person turned away. */
export async function askMailedCode<T>(frame: Frame<MailedWords>, { send, answer, explain }: MailRequests<T>): Promise<T | undefined> {
  const { words } = frame;
  const first = await send();
  return new Promise((resolve, reject) => {
    let found: { readonly given: T } | undefined;
    const dialog = openDialog({ closeName: words.cancel, onClose: () => resolve(found?.given) });
    const code = codeField(words.ways.mails.code);

    const tellState = ({ state }: Mailed): void => dialog.tell(state === 'failed' ? words.proof.mailFailed : '', 'bad');
    async function attempt(work: () => Promise<void>): Promise<void> {
      dialog.tell('');
      try {
        await work();
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const text = explain(error);
        if (text === false) {
          reject(error);
          dialog.close();
        } else dialog.tell(text, 'bad');
      }
    }
    const confirm = (): Promise<void> =>
      attempt(async () => {
        code.complain(code.value() === '' ? words.ways.mails.codeMissing : '');
        if (code.value() === '') return;
        const answered = await answer(code.value());
        if (typeof answered === 'string') {
          dialog.tell(answered === 'over' ? words.proof.mailOver : words.proof.mailWrong, 'bad');
          code.input.value = '';
          code.input.focus();
          return;
        }
        found = answered;
        dialog.close();
      });
    const again = button(words.proof.mailAgain, () => attempt(async () => tellState(await send())));
    const content = [paragraph(words.proof.mailText(first.sentTo)), form(words.confirm, confirm, code.box), element('div', { class: 'row' }, again)];
    dialog.show(words.proof.mailTitle, content, code.input);
    tellState(first);
  });
}
