/** A token whose counter or clock ran away is found again by two of its codes. */
import { codeField, form } from '../../dom/controls.ts';
import { paragraph } from '../../dom/element.ts';
import { isComplete } from '../../set-ups/phone-number.ts';
import type { Factor } from './account.ts';
import { section } from './pieces.ts';
import type { Settings } from './settings.ts';

export function resyncSection(settings: Settings, { kind, factorId }: Factor): HTMLElement | undefined {
  if (kind !== 'token') return undefined;
  const { frame, account } = settings;
  const { token, security } = frame.words;
  const [first, next] = [codeField(token.first), codeField(token.next, { autocomplete: 'off' })];
  const send = async (): Promise<void> => {
    if (!isComplete([[first, first.value() === '' && token.missing], [next, next.value() === '' && token.missing]])) return;
    const found = await settings.attempt(() => account.resync(factorId, first.value(), next.value()));
    if (found?.isAccepted) await settings.stay(factorId, security.resynced);
    else if (found) frame.tell(token.notAccepted, 'bad');
  };
  return section(security.resync, paragraph(security.resyncText), form(token.confirm, send, first.box, next.box));
}
