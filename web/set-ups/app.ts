/** Setting up our own app: how it is approved there, then a picture that pairs one device. It is active when the device has paired. */
import type { SetUpFactor, SetUpOptions } from '../ask/answers.ts';
import { button, choice, codeField, form } from '../dom/controls.ts';
import { element } from '../dom/element.ts';
import { keepLooking } from '../frame/keep-looking.ts';
import { appMethods } from './method-fields.ts';
import type { SetUp, SetUpWay } from './set-up-way.ts';

const allowed = ({ methods }: SetUpOptions): readonly string[] => appMethods.filter((method) => methods.includes(`app:${method}`));

function otherRow(setUp: SetUp, leave: () => void): HTMLElement | undefined {
  const { frame, chooseAgain } = setUp;
  const press = (): void => {
    leave();
    chooseAgain?.();
  };
  return chooseAgain && element('div', { class: 'row' }, button(frame.words.otherWay, press, { look: 'link' }));
}

function showPairing(setUp: SetUp, factor: SetUpFactor): void {
  const { frame } = setUp;
  const { words } = frame;
  const { app } = words.ways;
  const looking = keepLooking(async () => {
    const now = await setUp.look(factor.factorId);
    if (now?.status !== 'active') return;
    looking.stop();
    setUp.finish(now);
  });
  const picture = element('img', { class: 'qr', src: factor.qrCode, alt: app.picture, width: 208, height: 208 });
  const link = element('a', { href: factor.pairingUri, target: '_blank', rel: 'noopener noreferrer', 'data-secret': true }, app.link, element('span', { class: 'unseen' }, ` ${words.openedNewTab}`));
  const first = element('li', {}, app.open, picture, link);
  const steps = element('ol', { class: 'steps' }, first, element('li', {}, app.thenAdd));
  frame.show({ title: app.title, content: [steps, otherRow(setUp, () => looking.stop())] });
  frame.tell(app.waiting);
  looking.hurry(true);
  looking.start();
}

function showForm(setUp: SetUp): void {
  const { frame, options } = setUp;
  const { app } = frame.words.ways;
  const least = Math.max(4, options.pin.minimumLength);
  const method = choice(app.how, allowed(options).map((name) => [name, app.methods[name] ?? name]));
  const pin = codeField(app.pin, { type: 'password', autocomplete: 'off', maxlength: 8, hint: app.pinHint(least) });
  const adapt = (): void => void (pin.box.hidden = method.value() !== 'approve-pin');
  method.input.addEventListener('change', adapt);
  adapt();
  const send = async (): Promise<void> => {
    const takesPin = method.value() === 'approve-pin';
    const isMissing = takesPin && !new RegExp(`^\\d{${String(least)},8}$`).test(pin.value());
    pin.complain(isMissing ? app.pinMissing(least) : '');
    if (isMissing) return;
    const factor = await setUp.add({ kind: 'app', method: method.value(), ...(takesPin ? { pin: pin.value() } : {}) });
    if (factor) showPairing(setUp, factor);
  };
  frame.show({ title: app.title, content: [form(app.goOn, send, method.box, pin.box), otherRow(setUp, () => undefined)], focus: method.input });
}

export const appSetUp: SetUpWay = {
  name: ({ ways }) => ways.app.name,
  what: ({ ways }) => ways.app.setUpWhat,
  begin: showForm,
};
