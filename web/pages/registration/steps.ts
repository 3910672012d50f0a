/** The steps of a registration: the password, then the telephone with its PIN or a way of one's own, the recovery key, the end. */
import type { SetUpFactor, SetUpOptions } from '../../ask/answers.ts';
import { ask, Refusal } from '../../ask/ask.ts';
import { button, field, form } from '../../dom/controls.ts';
import { element, paragraph } from '../../dom/element.ts';
import { wayBack } from '../../frame/frame.ts';
import { requestsAt, setUpFrom } from '../../set-ups/host.ts';
import { showReached } from '../../set-ups/phone.ts';
import { showRecoveryKey } from '../../set-ups/recovery-key.ts';
import type { SetUp } from '../../set-ups/set-up-way.ts';
import { waysFor } from '../../set-ups/set-up-ways.ts';
import { backupStep } from './backup-step.ts';
import { phoneStep } from './phone-step.ts';
import type { Registration, RegistrationFrame } from './registration.ts';

/** Used, replaced, withdrawn, run out, or never there: one view, and what to do next. */
export function showDead(frame: RegistrationFrame): void {
  const { registration } = frame.words;
  const next = element('ul', {}, element('li', {}, registration.overDone), element('li', {}, registration.overAgain));
  frame.show({ title: registration.overTitle, content: [paragraph(registration.overText), element('h2', {}, registration.overNextTitle), next] });
}

/** Whatever ends the session ends the registration. */
function settle(frame: RegistrationFrame, error: unknown): void {
  if (error instanceof Refusal && ['page-session-over', 'invitation-over'].includes(error.problem)) showDead(frame);
  else frame.tellProblem(error);
}

async function attempting<T>(frame: RegistrationFrame, work: () => Promise<T>): Promise<T | undefined> {
  frame.tell('');
  try {
    return await work();
  } catch (error) {
    settle(frame, error);
    return undefined;
  }
}

function showDone(frame: RegistrationFrame): void {
  const { words } = frame;
  frame.show({ title: words.doneTitle, content: [paragraph(words.doneText), wayBack(frame)] });
}

/** Whoever confirmed on the telephone gets a recovery key here; whoever confirmed on a page has had it. Fetched at once: the session ends soon. */
async function finish(frame: RegistrationFrame, factor?: SetUpFactor): Promise<void> {
  const made = factor?.recoveryKey === undefined ? await ask<{ recoveryKey?: string }>('POST', '/page/registration/recovery-key').catch(() => undefined) : undefined;
  const end = (): void => {
    if (made?.recoveryKey === undefined) showDone(frame);
    else showRecoveryKey(frame, made.recoveryKey, () => showDone(frame));
  };
  if (factor?.numbers?.secondary?.proved === false) backupStep(frame, { factor, hint: factor.numbers.secondary.hint, settle: (error) => settle(frame, error), end });
  else end();
}

function setUpFor(frame: RegistrationFrame, options: SetUpOptions, chooseAgain?: () => void): SetUp {
  return setUpFrom({
    frame,
    options,
    requests: requestsAt('/page/set-up/factors'),
    settle: (error) => settle(frame, error),
    done: (factor) => finish(frame, factor),
    chooseAgain,
  });
}

function showPassword(frame: RegistrationFrame): void {
  const { registration } = frame.words;
  const { name } = frame.welcome.organization;
  const password = field(registration.password, { type: 'password', autocomplete: 'current-password', maxlength: 1000 });
  const validate = async (): Promise<void> => {
    const { value } = password.input;
    password.complain(value === '' ? registration.passwordMissing : '');
    if (value === '') return;
    const answered = await attempting(frame, () => ask<{ isAccepted: boolean }>('POST', '/page/registration/validate', { password: value }));
    password.input.value = '';
    if (answered?.isAccepted) await drawRegistration(frame);
    else if (answered) {
      frame.tell(registration.notAccepted, 'bad');
      password.input.focus();
    }
  };
  frame.show({ title: registration.passwordTitle, content: [paragraph(registration.passwordText(name)), form(registration.validate, validate, password.box)], focus: password.input });
}

/** Whose password nobody has goes round through the portal, and sets up where that leads. */
function showRound(frame: RegistrationFrame, { signInUrl }: Registration): void {
  const { registration } = frame.words;
  const { name } = frame.welcome.organization;
  const go = signInUrl === undefined ? undefined : button(registration.sso(name), () => location.assign(signInUrl), { look: 'main' });
  const text = go ? registration.ssoText(name) : registration.ssoLost;
  frame.show({ title: registration.ssoTitle, content: [paragraph(text), go && element('div', { class: 'row' }, go)] });
}

function showWays(frame: RegistrationFrame, options: Registration): void {
  const { words } = frame;
  const setUp = setUpFor(frame, options, () => showWays(frame, options));
  const rows = waysFor(options.methods).map((way) => element('li', {}, button(way.name(words), () => way.begin(setUp), { what: way.what(words) })));
  const ways = rows.length === 0 ? paragraph(words.nothingToChoose) : element('ul', { class: 'ways' }, ...rows);
  frame.show({ title: words.registration.waysTitle, content: [ways] });
}

/** The number that was given, called at once; the page looks on until somebody has confirmed there. */
async function showPhone(frame: RegistrationFrame, registration: Registration): Promise<void> {
  const setUp = setUpFor(frame, registration);
  const hint = registration.number?.hint ?? '';
  const again = (): void => phoneStep(frame, registration, register);
  const register = async (input: object): Promise<void> => {
    const factor = await attempting(frame, () => ask<SetUpFactor>('POST', '/page/registration/register', input));
    if (factor) showReached(setUp, factor, hint, again);
  };
  // After a reload, what is under way already is what the person goes on with.
  const begun = registration.factorId === undefined ? undefined : await setUp.look(registration.factorId);
  if (begun?.status === 'proving') showReached(setUp, begun, hint, again);
  else again();
}

export async function drawRegistration(frame: RegistrationFrame): Promise<void> {
  const registration = await attempting(frame, () => ask<Registration>('GET', '/page/registration'));
  if (!registration) return;
  if (registration.isCompleted) await finish(frame);
  else if (registration.firstFactor === 'sso') showRound(frame, registration);
  else if (!registration.isValidated) showPassword(frame);
  else if (registration.kind === 'phone') await showPhone(frame, registration);
  else showWays(frame, registration);
}
