/** Adding an account: by the link that the page was opened with, by the camera where the browser can read pictures, or by pasting it. */
import { button, field, form } from '../../dom/controls.ts';
import { element, paragraph } from '../../dom/element.ts';
import { Refusal } from '../../ask/ask.ts';
import type { App } from './app-frame.ts';
import { readCodesLink } from './codes.ts';
import { keepAccount, keepCodes, keptAccounts } from './keeping.ts';
import { pairDevice, readPairingLink } from './pairing.ts';
import { canScan, scan } from './scanning.ts';
import { subscribeAccounts } from './waking.ts';

/** Says what became of it; false when it was no link of either sort. */
async function take(app: App, text: string): Promise<boolean> {
  const { words } = app.frame;
  const link = readPairingLink(text);
  if (link) {
    const account = await pairDevice(link);
    await keepAccount(account);
    void subscribeAccounts(await keptAccounts());
    await app.home(words.added(account.organization), 'good');
    return true;
  }
  const codes = await readCodesLink(text);
  if (!codes) return false;
  await keepCodes(codes);
  await app.home(words.added(codes.issuer === '' ? codes.name : codes.issuer), 'good');
  return true;
}

/** What is wrong with a link is one thing to a person: it has to be made again. */
async function tryToTake(app: App, text: string, refuse: (words: string) => void): Promise<void> {
  const { words } = app.frame;
  try {
    if (!(await take(app, text))) refuse(words.noLink);
  } catch (error) {
    if (error instanceof Refusal && ['pairing-invalid', 'device-invalid'].includes(error.problem)) refuse(words.linkOver);
    else app.frame.tellProblem(error);
  }
}

function cancelRow(app: App): HTMLElement {
  return element('div', { class: 'row' }, button(app.frame.words.cancel, () => app.home(), { look: 'link' }));
}

/** Anybody can send a link: it is added when the person says so. */
function showLink(app: App, link: string): void {
  const { frame } = app;
  const { words } = frame;
  const add = button(words.addThis, () => tryToTake(app, link, (text) => frame.tell(text, 'bad')), { look: 'main' });
  frame.show({ title: words.addTitle, content: [paragraph(words.addThisHint), element('div', { class: 'row' }, add), cancelRow(app)] });
}

function cameraRow(app: App): HTMLElement {
  const { words, tell } = app.frame;
  const video = element('video', { class: 'camera', hidden: true, playsinline: true, 'aria-label': words.camera });
  const start = button(words.scan, async () => {
    const text = await scan(video).catch(() => undefined);
    if (text === undefined) tell(words.cannotScan, 'bad');
    else await tryToTake(app, text, (wrong) => tell(wrong, 'bad'));
  }, { look: 'main' });
  return element('div', { class: 'field' }, start, video);
}

function showForm(app: App): void {
  const { frame } = app;
  const { words } = frame;
  const link = field(words.link, { hint: words.linkHint, autocomplete: 'off', maxlength: 600 });
  const send = async (): Promise<void> => {
    link.complain('');
    await tryToTake(app, link.value(), (text) => link.complain(text));
  };
  const scanning = canScan() ? cameraRow(app) : undefined;
  frame.show({ title: words.addTitle, content: [paragraph(words.addHint), scanning, form(words.addThis, send, link.box), cancelRow(app)] });
}

export function showAdding(app: App, link?: string): void {
  if (link === undefined) showForm(app);
  else showLink(app, link);
}
