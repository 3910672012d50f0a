/** Keeps the page up to date with the local stack, and moves the stack's clock. */
import { post, showTrouble } from '/ask.js';
import { byId, element, keepChildren, setText } from '/element.js';
import { showMessages } from '/messages.js';
import { showCalls } from '/telephone.js';

const number = byId('number');
const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
let state = { calls: [], messages: [], clockAheadSeconds: 0 };

const now = () => Date.now() + state.clockAheadSeconds * 1000;

function ahead(seconds) {
  if (seconds < 1) return '';
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const parts = [days && `${days} d`, hours && `${hours} h`, minutes && `${minutes} min`].filter(Boolean);
  return parts.length > 0 ? `(${parts.join(' ')} ahead)` : '';
}

function showClock() {
  setText(byId('time'), dateTime.format(now()));
  byId('time').dateTime = new Date(now()).toISOString();
  setText(byId('ahead'), ahead(state.clockAheadSeconds));
}

/** Every number that was ever called or texted; "all" stays on top. */
function showNumbers() {
  const texts = state.messages.filter(({ channel }) => channel === 'sms');
  const known = new Map([...state.calls, ...texts].map(({ to, toReadable }) => [to, toReadable]));
  const options = [['', 'All numbers'], ...[...known].sort(([one], [other]) => one.localeCompare(other))];
  const chosen = number.value;
  keepChildren(number, options, ([value]) => value, ([value, label]) => element('option', { value }, label));
  number.value = known.has(chosen) ? chosen : '';
}

function show() {
  showNumbers();
  showClock();
  showCalls(state.calls.filter(({ to }) => number.value === '' || to === number.value));
  showMessages(state.messages, number.value, () => new Date(now()).toISOString());
  const portal = byId('portal');
  portal.hidden = !state.portalUrl;
  portal.href = state.portalUrl ?? '#';
}

const feed = new EventSource('/feed');
feed.addEventListener('message', ({ data }) => {
  state = JSON.parse(data);
  showTrouble('');
  show();
});
feed.addEventListener('error', () => {
  showTrouble('The local stack does not answer. This page goes on as soon as it is back.');
});

number.addEventListener('change', show);
for (const button of document.querySelectorAll('[data-advance]')) {
  button.addEventListener('click', () => post('/api/clock', { advanceSeconds: Number(button.dataset.advance) }));
}
setInterval(showClock, 1000);
