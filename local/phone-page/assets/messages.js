/** The tabs, the text inbox with its reply box, and the pushes. */
import { announce } from '/announce.js';
import { post } from '/ask.js';
import { byId, element, keepChildren, setText, timeElement, withLinks } from '/element.js';
import { showMails } from '/mail.js';

const tabs = [...document.querySelectorAll('[role=tab]')];
const names = { sms: 'text', email: 'mail', push: 'push message' };
/** Replies are kept by the page alone: the service gets them and the inbox does not list them. */
const replies = [];
let known;
let shown;

function select(tab) {
  for (const each of tabs) {
    const isSelected = each === tab;
    each.setAttribute('aria-selected', String(isSelected));
    each.tabIndex = isSelected ? 0 : -1;
    byId(each.getAttribute('aria-controls')).hidden = !isSelected;
  }
}

for (const [index, tab] of tabs.entries()) {
  tab.addEventListener('click', () => select(tab));
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = tabs[(index + step + tabs.length) % tabs.length];
    select(next);
    next.focus();
  });
}

function announceNews(messages) {
  const news = known ? messages.filter(({ messageId }) => !known.has(messageId)) : [];
  known = new Set(messages.map(({ messageId }) => messageId));
  const latest = news.at(-1);
  if (latest) announce(`New ${names[latest.channel]} from ${latest.fromReadable}: ${latest.subject ?? latest.text}`);
}

function threadsOf(texts) {
  const threads = new Map();
  for (const text of texts) {
    const key = `${text.from} ${text.to}`;
    const thread = threads.get(key) ?? { key, from: text.fromReadable, to: text.toReadable, entries: [] };
    thread.entries.push({ key: text.messageId, text: text.text, at: text.sentAt });
    thread.latestId = text.messageId;
    threads.set(key, thread);
  }
  for (const reply of replies) threads.get(reply.thread)?.entries.push({ ...reply, own: true });
  for (const thread of threads.values()) thread.entries.sort((one, other) => one.at.localeCompare(other.at));
  return [...threads.values()].sort((one, other) => other.entries.at(-1).at.localeCompare(one.entries.at(-1).at));
}

function newThread({ key, from }) {
  const shape = { type: 'text', maxLength: 1600, autocomplete: 'off', placeholder: 'Write a reply' };
  const input = element('input', { ...shape, 'aria-label': `Reply to ${from}` });
  const form = element('form', { className: 'reply' }, input, element('button', { type: 'submit' }, 'Reply'));
  const item = element('li', { className: 'thread' });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = input.value;
    const isSent = text !== '' && (await post(`/api/messages/${item.dataset.latestId}/reply`, { text }));
    if (!isSent) return;
    input.value = '';
    replies.push({ key: `reply-${replies.length}`, thread: key, text, at: shown.now() });
    show();
  });
  const head = element('div', { className: 'thread-head' }, element('h3'), element('p'));
  item.append(head, element('ul', { className: 'bubbles' }), form);
  return item;
}

function newBubble({ text, at, own }) {
  const bubble = element('p', { className: 'bubble' }, ...withLinks(text));
  const when = element('p', { className: 'when' }, ...(own ? ['You, '] : []), timeElement(at, ''));
  return element('li', { className: own ? 'own' : '' }, bubble, when);
}

function updateThread(item, thread) {
  const [head, bubbles] = item.children;
  item.dataset.latestId = thread.latestId;
  setText(head.children[0], thread.from);
  setText(head.children[1], `to ${thread.to}`);
  keepChildren(bubbles, thread.entries, ({ key }) => key, newBubble);
}

function newPush({ to, subject, text, sentAt }) {
  const title = element('p', { className: 'subject' }, subject ?? 'Push message');
  const parties = element('p', { className: 'when' }, `to ${to}, `, timeElement(sentAt, ''));
  return element('li', { className: 'push' }, title, element('p', {}, text), parties);
}

function show() {
  const { messages, number } = shown;
  const of = (channel) => messages.filter((message) => message.channel === channel);
  const texts = of('sms').filter(({ to }) => number === '' || to === number);
  const lists = { sms: texts, email: of('email'), push: of('push') };
  keepChildren(byId('threads'), threadsOf(texts), ({ key }) => key, newThread, updateThread);
  showMails(lists.email.toReversed());
  keepChildren(byId('pushes'), lists.push.toReversed(), ({ messageId }) => messageId, newPush);
  for (const [channel, list] of Object.entries(lists)) {
    setText(byId(`tab-${channel}`).querySelector('.count'), String(list.length));
    byId(`panel-${channel}`).querySelector('.empty').hidden = list.length > 0;
  }
}

/** Shows the messages: texts of the chosen number, all mail, all pushes. `now` dates the replies. */
export function showMessages(messages, number, now) {
  announceNews(messages);
  shown = { messages, number, now };
  show();
}
