/** Bulk. */
import type { Console } from '../../pages/console/console.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
export function showBulk(console: Console, words: UsersWords): void { console.show({ title: words.bulk.title, content: [] }); }
