/** One sign-in that waits: who asks, from where and for what, and what the person can say to it. */
import { button, codeField, form } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { now } from '../../frame/time.ts';
import type { AuthenticatorWords } from '../../words/en/authenticator.ts';
import type { App } from './app-frame.ts';
import { decide, type Decided, type Decision, type Request, type Waiting } from './requests.ts';

function factsOf(words: AuthenticatorWords, { organization, audience, purpose, protects, ipAddress, browser, system }: Request): HTMLElement {
  const from = [browser, system].filter((each) => each !== undefined).join(', ');
  const facts: [string, string | undefined][] = [
    [words.who, organization],
    [words.where, audience],
    [words.purpose, words.purposes[purpose] ?? purpose],
    [words.protects, protects?.join(', ')],
    [words.browser, from === '' ? undefined : from],
    [words.address, ipAddress ?? words.unknownAddress],
  ];
  const rows = facts.flatMap(([name, value]) => (value === undefined ? [] : [element('div', {}, element('dt', {}, name), element('dd', {}, value))]));
  return element('dl', { class: 'facts' }, ...rows);
}

type Say = (decision: Decision, typed?: { pin?: string; number?: string }) => Promise<void>;

function numbersOf(words: AuthenticatorWords, numbers: readonly string[], say: Say): HTMLElement {
  const choices = numbers.map((number) => {
    const press = button(number, () => say('approve', { number }));
    press.classList.add('pick');
    return press;
  });
  return element('fieldset', { class: 'field' }, element('legend', {}, words.pickNumber), element('div', { class: 'picks' }, ...choices));
}

function pinForm(words: AuthenticatorWords, say: Say): { form: HTMLFormElement; input: HTMLElement } {
  const pin = codeField(words.pin, { type: 'password', autocomplete: 'off', maxlength: 8 });
  const send = async (): Promise<void> => {
    const isPin = /^\d{4,8}$/.test(pin.value());
    pin.complain(isPin ? '' : words.pinMissing);
    if (!isPin) return;
    const typed = pin.value();
    pin.input.value = '';
    await say('approve', { pin: typed });
  };
  return { form: form(words.approve, send, pin.box), input: pin.input };
}

function approving(words: AuthenticatorWords, { method, request }: Waiting, say: Say): { content: Content; focus?: HTMLElement } {
  if (method === 'match') return { content: numbersOf(words, request.numbers ?? [], say) };
  if (method === 'approve-pin') {
    const { form: content, input } = pinForm(words, say);
    return { content, focus: input };
  }
  return { content: element('div', { class: 'row' }, button(words.approve, () => say('approve'), { look: 'main' })) };
}

/** Locking somebody's sign-in is not done by one touch. */
function showFraud(app: App, waiting: Waiting, say: Say): void {
  const { words } = app.frame;
  const really = button(words.fraudReally, () => say('fraud'), { look: 'main' });
  const back = button(words.back, () => showRequest(app, waiting), { look: 'link' });
  app.frame.show({ title: words.fraudTitle, content: [paragraph(words.fraudWarning), element('div', { class: 'row' }, really, back)] });
}

/** A wrong PIN can be typed again as long as the request lasts; everything else ends it. */
async function answered(app: App, { outcome, answersLeft }: Decided): Promise<void> {
  const { frame } = app;
  const { words } = frame;
  if (outcome === 'wrong-answer') frame.tell(words.wrongPin(answersLeft ?? 0), 'bad');
  else await app.home(words.outcomes[outcome], outcome === 'approved' ? 'good' : outcome === 'declined' ? 'plain' : 'bad');
}

export function showRequest(app: App, waiting: Waiting): void {
  const { frame } = app;
  const { words } = frame;
  const { request } = waiting;
  const say: Say = async (decision, typed) => {
    try {
      await answered(app, await decide(waiting, decision, typed));
    } catch (error) {
      frame.tellProblem(error);
    }
  };
  const facts = factsOf(words, request);
  const { content, focus } = approving(words, waiting, say);
  const refuse = element('div', { class: 'row' }, button(words.decline, () => say('decline')), button(words.notMe, () => showFraud(app, waiting, say), { look: 'link' }));
  frame.show({ title: words.requestTitle, content: [paragraph(words.requestHint), facts, content, refuse], focus });
  // A minute at most: then there is nothing to press any more.
  setTimeout(() => {
    if (facts.isConnected) void app.home(words.outcomes.over, 'bad');
  }, Math.max(0, Math.min(Date.parse(request.expiresAt) - now(), 60_000)));
}
