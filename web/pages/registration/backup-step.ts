/** The backup number of a registration: called when the first one is proved, for what nobody has answered is never called again. */
import type { SetUpFactor } from '../../ask/answers.ts';
import { button } from '../../dom/controls.ts';
import { element, paragraph } from '../../dom/element.ts';
import { requestsAt, setUpFrom } from '../../set-ups/host.ts';
import { showReached } from '../../set-ups/phone.ts';
import type { RegistrationFrame } from './registration.ts';

export interface BackupStep {
  readonly factor: SetUpFactor;
  readonly hint: string;
  settle(error: unknown): void;
  /** Proved, or left out. */
  end(): void;
}

const noOptions = { methods: [], pin: { minimumLength: 4 }, countries: [], full: [], isRequired: false };

export function backupStep(frame: RegistrationFrame, { factor, hint, settle, end }: BackupStep): void {
  const { words } = frame;
  const { registration } = words;
  // The same views as for the first number; only what leads away from them is another.
  const own = { ...frame, words: { ...words, phone: { ...words.phone, change: registration.backupSkip } } };
  const setUp = setUpFrom({
    frame: own,
    options: noOptions,
    requests: requestsAt('/page/set-up/factors'),
    settle,
    isProved: ({ numbers }) => numbers?.secondary?.proved === true,
    done: end,
  });
  const call = async (): Promise<void> => {
    const called = await setUp.send(factor.factorId);
    if (called) showReached(setUp, called, hint, end);
  };
  const row = element('div', { class: 'row' }, button(words.phone.callMe, call, { look: 'main' }), button(registration.backupSkip, end, { look: 'link' }));
  frame.show({ title: registration.backupTitle, content: [paragraph(registration.backupNext(hint)), row] });
}
