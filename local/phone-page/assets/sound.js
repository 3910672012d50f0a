/** The optional sounds: the ring, the tones of the keys, and a voice for the prompts. */
import { byId } from '/element.js';

const aloud = byId('aloud');
const speaking = byId('speaking');
const volume = 0.06;
const ringSeconds = { on: 2, cycle: 6 };
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477];
let audio;
let ringing;

for (const box of [aloud, speaking]) {
  box.checked = localStorage.getItem(box.id) === 'on';
  box.addEventListener('change', () => localStorage.setItem(box.id, box.checked ? 'on' : 'off'));
}

function tone(frequencies, seconds) {
  audio ??= new AudioContext();
  // A browser lets a page sound only after somebody has touched it.
  void audio.resume();
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0, audio.currentTime);
  gain.gain.linearRampToValueAtTime(volume, audio.currentTime + 0.02);
  gain.gain.setValueAtTime(volume, audio.currentTime + seconds - 0.03);
  gain.gain.linearRampToValueAtTime(0, audio.currentTime + seconds);
  gain.connect(audio.destination);
  for (const frequency of frequencies) {
    const oscillator = new OscillatorNode(audio, { frequency });
    oscillator.connect(gain);
    oscillator.start();
    oscillator.stop(audio.currentTime + seconds);
  }
  return gain;
}

/** Called with every change: rings while it should and is silent at once when it should not. */
export function setRinging(isRinging) {
  const shouldSound = isRinging && aloud.checked;
  if (shouldSound === (ringing !== undefined)) return;
  if (shouldSound) {
    const ring = () => {
      ringing.gain = tone([440, 480], ringSeconds.on);
    };
    ringing = { timer: setInterval(ring, ringSeconds.cycle * 1000) };
    ring();
  } else {
    clearInterval(ringing.timer);
    ringing.gain?.disconnect();
    ringing = undefined;
  }
}

/** The two tones of a key; only with the sound on. */
export function soundKey(key) {
  const place = '123456789*0#'.indexOf(key);
  if (aloud.checked && place >= 0) tone([rows[Math.floor(place / 3)], columns[place % 3]], 0.14);
}

export const canSpeak = 'speechSynthesis' in window;

export function speak(text, language) {
  if (!canSpeak || text === undefined) return;
  speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = language;
  speechSynthesis.speak(utterance);
}

/** Speaks a prompt that was just heard, for those who asked for it. */
export function speakPrompt(text, language) {
  if (speaking.checked) speak(text, language);
}

export function stopSpeaking() {
  if (canSpeak) speechSynthesis.cancel();
}
