/** Says aloud, to those who listen to the page, what others see. */
import { byId } from '/element.js';

const areas = { loud: byId('loud'), quiet: byId('quiet') };

/** `loud` interrupts and is for a ringing telephone only. */
export function announce(text, area = 'quiet') {
  const node = areas[area];
  // The same words twice are two announcements only if the text changes in between.
  node.textContent = '';
  setTimeout(() => {
    node.textContent = text;
  }, 50);
}
