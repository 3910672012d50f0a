/** The telephone: which call it shows, what it says, and the buttons. */
import { announce } from '/announce.js';
import { post } from '/ask.js';
import { byId, element, keepChildren, setText } from '/element.js';
import { useKeypad } from '/keypad.js';
import { canSpeak, setRinging, speak, speakPrompt, stopSpeaking } from '/sound.js';

const handset = byId('handset');
const ignored = new Set();
const endings = {
  TELECOM_BUSY: 'the line was busy',
  TELECOM_UNANSWERED: 'nobody answered',
  CUSTOMER_DISCONNECT: 'hung up at this end',
  CONTACT_FLOW_DISCONNECT: 'the caller hung up',
};
let calls = [];
let chosenId;
let last;

function chooseCall() {
  const chosen = calls.find((call) => call.callId === chosenId);
  if (chosen && chosen.state !== 'ended') return chosen;
  const live = calls.find((call) => call.state === 'answered') ?? calls.find((call) => call.state === 'ringing');
  return live ?? chosen ?? calls.at(-1);
}

function describe(call) {
  if (!call) return 'No call. It rings here when Countersign calls.';
  if (call.state === 'ringing') return ignored.has(call.callId) ? 'Ringing, ignored' : 'Ringing';
  if (call.state === 'answered') return 'In call';
  return `Ended: ${endings[call.endedBecause] ?? 'the call was stopped'}`;
}

function announceChange(call) {
  const isSame = call?.callId === last?.callId;
  if (!call) return;
  if (call.state === 'ringing' && !isSame) announce(`Ringing. ${call.fromReadable} calls ${call.toReadable}.`, 'loud');
  const heardBefore = isSame ? last.heard.length : 0;
  const news = call.state === 'answered' ? call.heard.slice(heardBefore) : [];
  if (news.length > 0) {
    announce(news.join(' '));
    speakPrompt(news.join(' '), call.language);
  }
  if (isSame && call.state === 'ended' && last.state !== 'ended') {
    announce(describe(call));
    stopSpeaking();
  }
}

/** A button that goes away takes the focus with it; the keypad, or else the status, is where it belongs then. */
function keepFocus(change) {
  const before = handset.contains(document.activeElement) ? document.activeElement : undefined;
  change();
  if (before && (before.offsetParent === null || before.disabled)) byId('keypad').focus();
}

function showCall(call) {
  const state = call?.state ?? 'idle';
  keepFocus(() => {
    handset.dataset.state = state;
    handset.classList.toggle('is-ignored', ignored.has(call?.callId));
    byId('ringing').hidden = state !== 'ringing';
    byId('talking').hidden = state !== 'answered';
    const isNewQuestion = call?.callId === last?.callId && call?.heard.length !== last?.heard.length;
    useKeypad(state === 'answered' ? call.callId : undefined, isNewQuestion);
  });
  setText(byId('status'), describe(call));
  setText(byId('peer'), call?.fromReadable ?? '');
  setText(byId('dialled'), call ? `calls ${call.toReadable}` : '');
  const heard = (call?.heard ?? []).map((text, index) => ({ text, key: `${call.callId}-${index}` }));
  keepChildren(byId('heard'), heard, ({ key }) => key, ({ text }) => element('li', { lang: call.language }, text));
  if (call?.heard.length !== last?.heard.length) byId('heard').scrollTop = byId('heard').scrollHeight;
  setRinging(state === 'ringing' && !ignored.has(call.callId));
}

function showRecent(shown) {
  setText(byId('call-count'), String(calls.length));
  const create = (call) => {
    const button = element('button', { type: 'button' }, element('span'), element('small'));
    button.addEventListener('click', () => {
      chosenId = call.callId;
      show();
    });
    return element('li', {}, button);
  };
  const update = (item, call) => {
    const [button] = item.children;
    const time = new Date(call.startedAt).toLocaleTimeString();
    setText(button.children[0], `${call.fromReadable} → ${call.toReadable}`);
    setText(button.children[1], `${time} · ${describe(call)}`);
    button.setAttribute('aria-current', String(call.callId === shown?.callId));
  };
  keepChildren(byId('calls'), calls.toReversed(), (call) => call.callId, create, update);
}

function show() {
  const call = chooseCall();
  announceChange(call);
  showCall(call);
  showRecent(call);
  last = call;
  document.title = call?.state === 'ringing' ? '☎ Ringing – Countersign' : 'Telephone – Countersign';
}

/** Shows the calls of the chosen number, or of all. */
export function showCalls(newCalls) {
  calls = newCalls;
  if (calls.some((call) => call.state === 'ringing' && call.callId !== last?.callId)) chosenId = undefined;
  show();
}

for (const button of handset.querySelectorAll('[data-action]')) {
  button.addEventListener('click', async () => {
    const { callId } = last;
    const { action } = button.dataset;
    if (action === 'ignore') ignored.add(callId);
    await post(`/api/calls/${callId}/${action}`);
    if (action === 'ignore') show();
  });
}
byId('speak').hidden = !canSpeak;
byId('speak').addEventListener('click', () => speak(last?.heard.at(-1), last?.language));
