/** The telephone of a registration: its number is given, its person chooses a PIN, twice, and may add a backup number. */
import { form } from '../../dom/controls.ts';
import { element, paragraph } from '../../dom/element.ts';
import { methodFields } from '../../set-ups/method-fields.ts';
import { isComplete, numberFields, type NumberFields } from '../../set-ups/phone-number.ts';
import type { Registration, RegistrationFrame } from './registration.ts';

const isGiven = (fields: NumberFields): boolean => (fields.read() as { readonly phoneNumber: string }).phoneNumber !== '';

export function phoneStep(frame: RegistrationFrame, options: Registration, register: (input: object) => Promise<void>): void {
  const { words } = frame;
  const { registration } = words;
  const { method = 'call-pin', number, pin } = options;
  const how = methodFields(words, { allowed: [method], label: words.phone.how, least: pin.minimumLength });
  // The method was chosen with the number: of its fields only the PIN's are left to fill in.
  const pinBoxes = how.content.slice(1);
  const takesPin = pinBoxes.some(({ hidden }) => !hidden);
  const backup = numberFields(words, options);
  const more = element('details', { class: 'field' }, element('summary', {}, registration.backup), paragraph(registration.backupText, { class: 'hint' }), ...backup.content);
  const press = async (): Promise<void> => {
    frame.tell('');
    const hasBackup = more.open && isGiven(backup);
    if (!isComplete([...how.complaints(), ...(hasBackup ? backup.complaints() : [])])) return;
    const { pin: chosen } = how.read();
    await register({ ...(chosen === undefined ? {} : { pin: chosen }), ...(hasBackup ? { secondary: backup.read() } : {}) });
  };
  const content = [paragraph(registration.phoneText(number?.hint ?? '')), form(registration.register, press, ...pinBoxes, more)];
  frame.show({ title: takesPin ? registration.pinTitle : registration.phoneTitle, content, focus: takesPin ? pinBoxes[0]?.querySelector('input') ?? undefined : undefined });
}
