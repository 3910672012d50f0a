/** Keeps the page that waits for the telephone up to date. Without it the page loads itself again. */
const line = document.getElementById('line');
const show = document.getElementById('show');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Beside the page: the portal's own, or the VPN's. */
let path = 'wait?first';

/** Answers whether there is more to wait for. */
async function look() {
  const response = await fetch(path, { cache: 'no-store' });
  path = 'wait';
  const { isPending, line: words, show: number } = await response.json();
  if (!isPending) return false;
  // Only a change is written, so that a screen reader is not made to read the same again.
  if (line.textContent !== words) line.textContent = words;
  show.hidden = number === undefined;
  if (number !== undefined) show.querySelector('strong').textContent = number;
  return true;
}

async function lookOn() {
  for (let isPending = true; isPending; ) {
    const startedAt = Date.now();
    isPending = await look().catch(() => pause(3000).then(() => true));
    // The server waits for a change; should it ever answer at once, this does not become a flood.
    await pause(Math.max(0, 500 - (Date.now() - startedAt)));
  }
  location.replace('./');
}

if (line) void lookOn();
