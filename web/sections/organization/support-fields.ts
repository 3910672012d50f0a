/** Whom people turn to: a name and an address, both or neither. */
import { field, type Field } from '../../dom/controls.ts';

export interface Support {
  readonly name: string;
  readonly url: string;
}

export interface SupportWords {
  readonly supportName: string;
  readonly supportNameHint: string;
  readonly supportUrl: string;
  readonly supportUrlHint: string;
  readonly supportWrong: string;
}

export interface SupportFields {
  readonly boxes: readonly HTMLElement[];
  readonly name: Field;
  readonly url: Field;
  /** False when one is missing, or is no address, and that was said there. */
  isComplete(): boolean;
  /** Undefined for none. */
  read(): Support | undefined;
}

const isAddress = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === 'https:';

export function supportFields(words: SupportWords, support?: Support): SupportFields {
  const name = field(words.supportName, { autocomplete: 'off', autocapitalize: 'words', maxlength: 100, hint: words.supportNameHint, value: support?.name ?? '' });
  const url = field(words.supportUrl, { inputmode: 'url', autocomplete: 'off', maxlength: 300, hint: words.supportUrlHint, value: support?.url ?? '' });
  const isNone = (): boolean => name.value() === '' && url.value() === '';
  return {
    boxes: [name.box, url.box],
    name,
    url,
    isComplete: () => {
      const [isNamed, isReached] = [isNone() || name.value() !== '', isNone() || isAddress(url.value())];
      url.complain(isReached ? '' : words.supportWrong);
      name.complain(isNamed ? '' : words.supportWrong);
      return isNamed && isReached;
    },
    read: () => (isNone() ? undefined : { name: name.value(), url: url.value() }),
  };
}
