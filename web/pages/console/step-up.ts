/** Asks whoever administers to confirm, before what must not be done by somebody who merely found the page open (D23). */
import { ask } from '../../ask/ask.ts';
import type { Frame } from '../../frame/frame.ts';
import { askProof } from '../../proofs/ask-proof.ts';
import { strongEnough, type Kept } from '../../proofs/strength.ts';
import type { ConsoleWords } from '../../words/en/console.ts';
import type { SignInWords } from '../../words/en/sign-in.ts';
import { currentLanguage, type WordLoaders } from '../../words/languages.ts';

/** What is asked in order to confirm is what a sign-in asks: the words are the same ones. */
const promptWords: WordLoaders<{ readonly words: SignInWords }> = {
  en: () => import('../../words/en/sign-in.ts'),
  es: () => import('../../words/es/sign-in.ts'),
  fr: () => import('../../words/fr/sign-in.ts'),
};

interface Person {
  readonly organizationId: string;
  readonly userId: string;
}

/** Gives the challenge that was approved; undefined when the person turned away, or it was refused. */
export async function stepUp(frame: Frame<ConsoleWords>, { organizationId, userId }: Person): Promise<string | undefined> {
  const own = `/page/v1/organizations/${encodeURIComponent(organizationId)}/users/${encodeURIComponent(userId)}`;
  const [{ words }, { factors }] = await Promise.all([promptWords[currentLanguage()](), ask<{ readonly factors: readonly Kept[] }>('GET', own)]);
  const { proof } = frame.words;
  const said = { ...words, proof: { ...proof, noWayText: proof.refusedText } };
  const rights = await askProof({ ...frame, words: said }, { enough: (choices) => strongEnough(choices, factors), hasAny: true, refused: () => undefined });
  return rights?.proofs?.[0];
}
