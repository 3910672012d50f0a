/** The section of users: the list, one of them, and enabling many from a file. */
import type { Console } from '../../pages/console/console.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import { showBulk } from './bulk-view.ts';
import { showUser } from './user-view.ts';
import { showUserList } from './user-list.ts';

export async function draw(console: Console, words: UsersWords, [place, userId]: readonly string[]): Promise<void> {
  if (place === 'user' && userId !== undefined) await showUser(console, words, userId);
  else if (place === 'bulk' && console.may('administrator')) await showBulk(console, words);
  else await showUserList(console, words);
}
