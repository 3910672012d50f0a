/** Says how many rows of a list are shown whenever that changes; not at first, when there is a heading to be heard, or what was done before. */
import type { Console } from './console.ts';

export function tellCount({ words, tell }: Pick<Console, 'words' | 'tell'>): (count: number, hasMore: boolean) => void {
  let isFirst = true;
  return (count, hasMore) => {
    if (!isFirst) tell(words.shown(count, hasMore));
    isFirst = false;
  };
}
