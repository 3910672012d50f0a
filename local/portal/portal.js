/** Keeps the page that waits for the telephone up to date. Without it the page loads itself again. */
const line = document.getElementById('line');
const show = document.getElementById('show');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function look() {
  const response = await fetch('/wait', { cache: 'no-store' });
  const { isPending, line: words, show: number } = await response.json();
  if (!isPending) return location.replace('/');
  // Only a change is written, so that a screen reader is not made to read the same again.
  if (line.textContent !== words) line.textContent = words;
  show.hidden = number === undefined;
  if (number !== undefined) show.querySelector('strong').textContent = number;
}

while (line) {
  const startedAt = Date.now();
  await look().catch(() => pause(3000));
  // The server waits for a change; should it ever answer at once, this does not become a flood.
  await pause(Math.max(0, 500 - (Date.now() - startedAt)));
}
