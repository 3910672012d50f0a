/** Importing a file of tokens: what is wanted, how far it is, and what was wrong with it, row by row. */
import { isSessionOver } from '../../frame/start-page.ts';
import { Refusal } from '../../ask/ask.ts';
import { button, choice, field, form } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { tableOf } from '../../dom/table.ts';
import { numberText } from '../../frame/texts.ts';
import type { Console } from '../../pages/console/console.ts';
import type { TokensWords } from '../../words/en/console-tokens.ts';
import { FileFault } from './file-part.ts';
import { partsOf } from './file-parts.ts';
import { sendFile, type Secret, type Sent } from './send-file.ts';
import type { ReportRow, TokenImport } from './token-answers.ts';

interface SecretFields {
  readonly boxes: readonly HTMLElement[];
  /** Undefined, and said at the field, when it is missing. */
  read(): Secret | undefined;
}

function secretFields(words: TokensWords): SecretFields {
  const kind = choice(words.secretKind, [['none', words.secretKinds.none], ['passphrase', words.secretKinds.passphrase], ['key', words.secretKinds.key]]);
  const secret = field(words.secret, { type: 'password', autocomplete: 'off', maxlength: 1024, hint: words.secretHint });
  const adapt = (): void => void (secret.box.hidden = kind.value() === 'none');
  kind.input.addEventListener('change', adapt);
  adapt();
  return {
    boxes: [kind.box, secret.box],
    read: () => {
      secret.complain('');
      const text = secret.input.value;
      if (kind.value() === 'none') return {};
      if (kind.value() === 'passphrase' && text !== '') return { passphrase: text };
      if (kind.value() === 'key' && /^([0-9a-f]{32}|[0-9a-f]{64})$/i.test(text.trim())) return { key: text.trim() };
      secret.complain(kind.value() === 'key' ? words.keyWrong : words.passphraseMissing);
      return undefined;
    },
  };
}

const backTo = (console: Console, words: TokensWords): Content => element('p', {}, console.link(words.toStock, 'tokens'));
const another = (console: Console, words: TokensWords): Content => element('div', { class: 'row' }, button(words.again, () => showImport(console, words)));

function showRefused(console: Console, words: TokensWords, { problems, report }: Extract<Sent, { is: 'refused' }>): void {
  const table = tableOf<ReportRow>(words.refusedTitle, [
    { name: words.row, cell: ({ row }) => numberText(row) },
    { name: words.credentialId, cell: ({ credentialId }) => credentialId ?? '' },
    { name: words.problem, cell: ({ problem }) => words.problems[problem] ?? problem },
  ]);
  table.add(report);
  const more = report.length < problems ? paragraph(words.refusedMore(numberText(report.length))) : undefined;
  console.show({
    title: words.refusedTitle,
    content: [paragraph(words.refusedText(numberText(problems))), more, element('div', { class: 'list' }, table.box), another(console, words), backTo(console, words)],
  });
}

function showSent(console: Console, words: TokensWords, sent: Sent): void {
  if (sent.is === 'refused') showRefused(console, words, sent);
  else if (sent.is === 'done') console.show({ title: words.done, content: [paragraph(words.doneText(numberText(sent.rows))), another(console, words), backTo(console, words)] });
  else {
    showImport(console, words);
    console.tell(words.stopped);
  }
}

/** Back at the form, with why; whatever the service did not refuse is thrown on. */
function showFailed(console: Console, words: TokensWords, error: unknown): void {
  showImport(console, words);
  if (error instanceof FileFault) console.tell(words.faults[error.fault], 'bad');
  else if (error instanceof Refusal && ['request-invalid', 'content-too-large'].includes(error.problem)) {
    console.tell([words.unreadable, ...(error.detail === undefined ? [] : [words.saidOfIt(error.detail)])].join(' '), 'bad');
  } else if (error instanceof Refusal && error.problem === 'import-over') console.tell(words.over, 'bad');
  else throw error;
}

async function run(console: Console, words: TokensWords, file: File, secret: Secret): Promise<void> {
  let isStopped = false;
  const bar = element('progress', { max: 1, value: 0, 'aria-label': words.running });
  const line = paragraph(words.progress(numberText(0), '0 %'), { role: 'status' });
  const stop = button(words.stop, () => void (isStopped = true));
  console.show({ title: words.running, content: [bar, line, element('div', { class: 'row' }, stop)] });
  const path = console.at('token-imports');
  await console.attempt(async () => {
    try {
      const sent = await sendFile({
        parts: partsOf(file),
        secret,
        start: (body) => console.ask<TokenImport>('POST', path, body, { idempotencyKey: crypto.randomUUID() }),
        add: (importId, body) => console.ask<TokenImport>('POST', `${path}/${importId}/parts`, body),
        progress: (rows, read) => {
          bar.value = read;
          line.textContent = words.progress(numberText(rows), read.toLocaleString(document.documentElement.lang, { style: 'percent' }));
        },
        goesOn: () => !isStopped,
        retrying: () => void (line.textContent = words.retrying),
        pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      });
      showSent(console, words, sent);
    } catch (error) {
      if (isSessionOver(error)) throw error;
      showFailed(console, words, error);
    }
  });
}

export function showImport(console: Console, words: TokensWords): void {
  const file = field(words.file, { type: 'file', accept: '.csv,.xml,.pskc,text/csv,application/xml,text/xml', hint: words.fileHint });
  const secret = secretFields(words);
  const start = async (): Promise<void> => {
    const [chosen] = (file.input as HTMLInputElement).files ?? [];
    file.complain(chosen ? '' : words.fileMissing);
    const read = chosen && secret.read();
    if (chosen && read) await run(console, words, chosen, read);
  };
  console.show({ title: words.importTitle, content: [...words.importText.map((text) => paragraph(text)), form(words.start, start, file.box, ...secret.boxes), backTo(console, words)] });
}
