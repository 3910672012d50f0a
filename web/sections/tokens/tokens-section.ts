/** The section of hardware tokens: the stock, imports, and the account at VIP. */
import type { Console } from '../../pages/console/console.ts';
import type { TokensWords } from '../../words/en/console-tokens.ts';
import { showImport } from './import-view.ts';
import { showStock } from './stock-view.ts';

export async function draw(console: Console, words: TokensWords, [place]: readonly string[]): Promise<void> {
  if (place === 'import' && console.may('administrator')) showImport(console, words);
  else await showStock(console, words);
}
