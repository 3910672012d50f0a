/** The keypad: twelve keys, by hand or by keyboard, sent one after the other in the order they were pressed. */
import { post } from '/ask.js';
import { byId, element, setText } from '/element.js';
import { soundKey } from '/sound.js';

const keypad = byId('keypad');
const typed = byId('typed');
const letters = { 2: 'ABC', 3: 'DEF', 4: 'GHI', 5: 'JKL', 6: 'MNO', 7: 'PQRS', 8: 'TUV', 9: 'WXYZ' };
let callId;
let waiting = '';
let isSending = false;
let shown = '';

async function send() {
  isSending = true;
  while (waiting !== '' && callId !== undefined) {
    const keys = waiting;
    waiting = '';
    await post(`/api/calls/${callId}/keys`, { keys });
  }
  isSending = false;
}

function press(key) {
  if (callId === undefined) return;
  soundKey(key);
  shown = (shown + key).slice(-12);
  setText(typed, shown);
  waiting += key;
  if (!isSending) void send();
}

/** The keys work for this call; `undefined` locks them. A new question starts with nothing typed. */
export function useKeypad(newCallId, isNewQuestion) {
  if (newCallId !== callId || isNewQuestion) shown = '';
  if (newCallId !== callId) waiting = '';
  callId = newCallId;
  setText(typed, shown);
  for (const button of keypad.children) button.disabled = callId === undefined;
}

for (const key of '123456789*0#') {
  const face = [element('span', { className: 'digit' }, key)];
  const below = { className: 'letters', 'aria-hidden': 'true' };
  if (!'*0#'.includes(key)) face.push(element('span', below, letters[key] ?? ''));
  const button = element('button', { type: 'button', disabled: true }, ...face);
  button.addEventListener('click', () => press(key));
  keypad.append(button);
}

// Only while the telephone has the focus: single keys must not act on the rest of the page.
byId('telephone').addEventListener('keydown', (event) => {
  const isElsewhere = event.ctrlKey || event.metaKey || event.altKey || event.target.closest('select, input');
  if (isElsewhere || callId === undefined || !/^[0-9*#]$/.test(event.key)) return;
  event.preventDefault();
  press(event.key);
});
