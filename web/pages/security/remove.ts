/** Removing a way: what it means first, then the proof, and for codes by mail one of those as well (row 4.3). */
import { button } from '../../dom/controls.ts';
import { openDialog } from '../../dom/dialog.ts';
import { paragraph } from '../../dom/element.ts';
import { counts, isBackup } from '../../proofs/strength.ts';
import type { Factor } from './account.ts';
import type { Settings } from './settings.ts';

export interface RemovalWords {
  readonly title: string;
  readonly text: string;
  readonly doName: string;
  readonly told: string;
}

/** Whoever gives up codes by mail shows the mailbox too, unless codes by mail are all they have, or none arrives there. */
export function needsMailed({ factors }: { readonly factors: readonly Factor[] }, { kind, status, unreachable, factorId }: Factor): boolean {
  const isAsked = kind === 'email' && status === 'active' && !unreachable;
  return isAsked && factors.some((each) => each.factorId !== factorId && counts(each));
}

async function remove(settings: Settings, factor: Factor, told: string): Promise<void> {
  const { account, prover, seen, frame } = settings;
  const { security } = frame.words;
  const work = async (): Promise<boolean | undefined> => {
    // What was never confirmed protects nothing, and takes no proof.
    if (factor.status === 'proving') return account.remove(factor.factorId, {}).then(() => true);
    return prover.change((rights) => account.remove(factor.factorId, rights).then(() => true), { mailed: needsMailed(seen.user, factor) });
  };
  const isDone = await settings.attempt(work, { 'policy-forbids': security.lastOne });
  if (isDone) await settings.home(told);
}

export function askRemoval(settings: Settings, factor: Factor, { title, text, doName, told }: RemovalWords): void {
  const { words } = settings.frame;
  const isLast = !settings.seen.user.factors.some((each) => each.factorId !== factor.factorId && !isBackup(each) && each.status === 'active');
  const dialog = openDialog({ closeName: words.cancel });
  const press = (): void => {
    dialog.close();
    void remove(settings, factor, told);
  };
  const warning = isLast && factor.status === 'active' ? paragraph(words.security.removeLast) : undefined;
  dialog.show(title, [paragraph(text), warning, button(doName, press, { look: 'danger' })]);
}
