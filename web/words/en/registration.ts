/** English: registering from an invitation. */
import { words as setUp } from './set-up.ts';

export const words = {
  ...setUp,
  phone: {
    ...setUp.phone,
    change: 'Change the PIN or the backup number',
    attempted: (attempt: number, of: number) => `Authentication is being attempted, attempt ${String(attempt)} of ${String(of)}.`,
  },
  doneTitle: 'Registration completed',
  doneText: 'From now on you confirm like this when you sign in. There is nothing more to do here.',

  registration: {
    startTitle: (name: string) => `Protect your account at ${name}`,
    startText: (name: string) => `${name} invites you to set up a second proof that it is you. With it, nobody can sign in as you with your password alone.`,
    needTitle: 'Have these at hand',
    needPassword: (name: string) => `The password with which you sign in to ${name}.`,
    needDevice: 'Your telephone, or whatever else you want to confirm with.',
    start: 'Start',
    startNote: 'It takes about three minutes. The link in the mail works once: when you press Start. You then have 30 minutes.',

    passwordTitle: 'Type your password',
    passwordText: (name: string) => `It is the one with which you sign in to ${name}. ${name} checks it; nothing of it is kept here.`,
    password: 'Password',
    validate: 'Validate',
    passwordMissing: 'Type the password first.',
    notAccepted: 'That was not accepted. Check the password, and that Caps Lock is off, then try again. After five tries the invitation is over.',

    ssoTitle: 'Sign in to go on',
    ssoText: (name: string) => `You sign in to ${name} through your organization. Do that now, within 30 minutes: then you are led through the rest.`,
    sso: (name: string) => `Sign in to ${name}`,
    ssoLost: 'Sign in to your portal now, within 30 minutes: then you are led through the rest.',

    phoneTitle: 'Your telephone',
    phoneText: (hint: string) => `${hint} is called as soon as you press Register, so be by this telephone. Is it not yours any more? Then ask your support.`,
    pinTitle: 'Choose your PIN',
    backup: 'Add a backup number',
    backupText: 'It is called when nobody answers the first one; once now as well, to prove that it is yours. You can leave this out.',
    backupTitle: 'Now your backup number',
    backupNext: (hint: string) => `Your first number is proved. ${hint} is called next, so be by that telephone. Unless somebody confirms there, it is not saved.`,
    backupSkip: 'Go on without it',
    register: 'Register',

    waysTitle: 'Choose how you want to confirm',

    overTitle: 'This link can no longer be used',
    overText: 'It works once, for 24 hours, and a newer invitation takes its place.',
    overNextTitle: 'What to do now',
    overDone: 'If you have registered already, simply sign in. There is nothing more to do.',
    overAgain: 'If not, look whether there is a newer invitation in your mail. Otherwise ask your support for one.',
  },
};

export type RegistrationWords = typeof words;
