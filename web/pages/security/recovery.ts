/** The recovery key: whether there is one, and a new one, shown once (row 4.4). */
import { button } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { isBackup } from '../../proofs/strength.ts';
import { showRecoveryKey } from '../../set-ups/recovery-key.ts';
import type { Factor } from './account.ts';
import { dayText } from './names.ts';
import { section } from './pieces.ts';
import type { Settings } from './settings.ts';

async function renew(settings: Settings): Promise<void> {
  const { frame, account, prover } = settings;
  const made = await settings.attempt(() => prover.change((rights) => account.newRecoveryKey(rights)));
  if (made) showRecoveryKey(frame, made.recoveryKey, () => void settings.home(frame.words.security.recoveryDone));
}

export function recoverySection(settings: Settings, key: Factor | undefined): HTMLElement | undefined {
  const { security } = settings.frame.words;
  const { user, options } = settings.seen;
  if (!key && !options.methods.includes('recovery-key')) return undefined;
  const isUseful = user.factors.some((each) => !isBackup(each) && each.status === 'active');
  const action: Content = isUseful
    ? element('div', { class: 'row' }, button(security.recoveryNew, () => renew(settings)), key ? element('span', { class: 'soft' }, security.recoveryOld) : undefined)
    : paragraph(security.recoveryNeeds, { class: 'soft' });
  return section(security.recoveryKey, paragraph(key ? security.recoveryHas(dayText(key.createdAt)) : security.recoveryNone), action);
}
