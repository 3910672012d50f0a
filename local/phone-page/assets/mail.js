/** The mailbox: the text of a mail, and its formatted form in a frame where nothing can run. */
import { byId, element, keepChildren, timeElement, withLinks } from '/element.js';

function frame({ messageId, subject }) {
  return element('iframe', {
    // Nothing but opening links: no scripts, no forms, no origin. The response says the same once more.
    sandbox: 'allow-popups allow-popups-to-escape-sandbox',
    referrerPolicy: 'no-referrer',
    title: `Formatted mail: ${subject ?? 'no subject'}`,
    src: `/mail/${messageId}`,
  });
}

function newViews(mail, text, body) {
  const buttons = ['Text', 'Formatted'].map((name) =>
    element('button', { type: 'button', 'aria-pressed': String(name === 'Text') }, name),
  );
  let formatted;
  const show = (isFormatted) => {
    if (isFormatted) formatted ??= body.appendChild(frame(mail));
    text.hidden = isFormatted;
    if (formatted) formatted.hidden = !isFormatted;
    buttons[0].setAttribute('aria-pressed', String(!isFormatted));
    buttons[1].setAttribute('aria-pressed', String(isFormatted));
  };
  for (const [index, button] of buttons.entries()) button.addEventListener('click', () => show(index === 1));
  if (mail.text === '') queueMicrotask(() => show(true));
  return element('div', { className: 'views', role: 'group', 'aria-label': 'View' }, ...buttons);
}

function newMail(mail) {
  const { subject, from, to, sentAt, text, hasHtml } = mail;
  const summary = element(
    'summary',
    {},
    element('span', { className: 'subject' }, subject ?? '(no subject)'),
    timeElement(sentAt),
    element('span', { className: 'parties' }, `${from} to ${to}`),
  );
  const words = element('div', { className: 'mail-text' }, ...withLinks(text));
  const body = element('div', { className: 'mail-body' });
  if (hasHtml) body.append(newViews(mail, words, body));
  body.append(words);
  return element('li', { className: 'mail' }, element('details', {}, summary, body));
}

/** Newest first; a mail that is open stays open. */
export function showMails(mails) {
  keepChildren(byId('mails'), mails, ({ messageId }) => messageId, newMail);
}
