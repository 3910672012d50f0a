/** After a quarter of an hour without a request a long session is over (D22): then a page shows nothing any more of what it held. */
const idleLife = 15 * 60_000;

/** Gives what is called whenever the service is asked. */
export function watchIdle(end: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(end, idleLife);
  };
}
