/** English. */
import type { Words } from './words.ts';

const fraudKey = 'If you are not signing in, press 9.';
const fraudEntry = 'If you are not signing in, press 9, then the pound key.';
const repeatEntry = 'To hear this again, wait.';

export const en: Words = {
  tag: 'en',
  call: {
    putThrough: (extension) => `Please put this call through to extension ${extension}.`,
    greeting: (organizationName) => `Hello. This is ${organizationName}.`,
    signingIn: 'Somebody is signing in with your name and password.',
    proving: 'This telephone is being added to confirm sign-ins.',
    ask: {
      call: 'Press the pound key to confirm.',
      'call-pin': 'Type your PIN, then press the pound key.',
      'call-match': 'Type the two digits on your screen, then press the pound key.',
    },
    fraud: { call: fraudKey, 'call-pin': fraudEntry, 'call-match': fraudEntry },
    repeat: { call: 'To hear this again, press star.', 'call-pin': repeatEntry, 'call-match': repeatEntry },
    tryAgain: 'Please try again.',
    approved: 'Thank you. You are confirmed. Goodbye.',
    denied: 'This sign-in cannot be confirmed. Goodbye.',
    locked: 'Too many attempts. Your account is locked for now. Goodbye.',
    fraudReported: 'Thank you. The sign-in was refused and your administrator will be told. Goodbye.',
    nothing: 'Nothing was confirmed. Goodbye.',
  },
  mail: {
    codes: {
      'sign-in': {
        subject: 'Your code to sign in',
        occasion: 'Somebody is signing in with your name. If it is you, type this code:',
        otherwise: 'If it is not you, somebody may know your password: change it and tell your administrator.',
      },
      'set-up': {
        subject: 'Your code to confirm sign-ins by email',
        occasion: 'This address is being set up to confirm sign-ins with your name. To go on, type this code:',
        otherwise: 'If you are not doing this, tell your administrator at once.',
      },
      verify: {
        subject: 'Your code to verify this address',
        occasion: 'To show that this address is yours, type this code:',
        otherwise: 'If you are not doing this, you can ignore this mail.',
      },
      'change-factors': {
        subject: 'Your code to change how you confirm sign-ins',
        occasion: 'Somebody wants to change how sign-ins with your name are confirmed. If it is you, type this code:',
        otherwise: 'If it is not you, tell your administrator at once.',
      },
    },
    validFor: (minutes) => `The code is valid for ${minutes} minutes and works once.`,
    keepIt: 'Never tell it to anybody, by telephone or otherwise: nobody has a reason to ask for it.',
    notices: {
      'wrong-answer': {
        subject: 'A sign-in was not confirmed',
        body: 'Somebody who knows your password gave a wrong answer when a sign-in with your name had to be confirmed. If that was not you, change your password.',
      },
      'user-locked': {
        subject: 'Your sign-in is locked for now',
        body: 'There were too many attempts to confirm a sign-in with your name, so it is locked for a while. If that was not you, somebody knows your password: change it.',
      },
      'fraud-reported': {
        subject: 'A sign-in was reported as fraud',
        body: 'Somebody who was asked to confirm a sign-in with your name said that it was not theirs. Your sign-in stays locked until your administrator has looked into it. Change your password.',
      },
      'factor-added': {
        subject: 'A way to confirm your sign-ins was added',
        body: 'A new way to confirm sign-ins was set up for you. If you did not do this, tell your administrator at once.',
      },
      'factor-changed': {
        subject: 'A way to confirm your sign-ins was changed',
        body: 'A number, a PIN or the method by which you confirm sign-ins was changed. If you did not do this, tell your administrator at once.',
      },
      'factor-removed': {
        subject: 'A way to confirm your sign-ins was removed',
        body: 'One of the ways by which you confirm sign-ins was removed. If you did not do this, tell your administrator at once.',
      },
      'factor-disabled': {
        subject: 'A way to confirm your sign-ins was switched off',
        body: 'There were too many wrong answers with one of your ways to confirm sign-ins. It has to be set up again before it can be used.',
      },
      'recovery-key-made': {
        subject: 'A recovery key was made',
        body: 'A new recovery key was made for your sign-ins; an older one is worth nothing any more. If you did not do this, tell your administrator at once.',
      },
      'recovery-key-used': {
        subject: 'Your recovery key was used',
        body: 'Somebody signed in with your recovery key, which is used up now, and has to set up another way to confirm sign-ins. If that was not you, tell your administrator at once.',
      },
      'app-unpaired': {
        subject: 'An app no longer confirms your sign-ins',
        body: 'The account was removed from an app that confirmed your sign-ins, so that app can confirm nothing any more. If you did not do this, tell your administrator at once.',
      },
      'push-paused': {
        subject: 'Somebody keeps asking you to confirm sign-ins',
        body: 'There were several requests to confirm a sign-in with your name that you did not approve, so your app is not asked for an hour. If they were not yours, somebody knows your password: change it.',
      },
      'user-suspended': {
        subject: 'Your sign-in was suspended',
        body: 'Your sign-in was suspended. Nobody can sign in with your name until it is resumed by your administrator.',
      },
      'suspended-by-self': {
        subject: 'You suspended your sign-in',
        body: 'On the security page it was said in your name that something was not you, so your sign-in is suspended. Nobody can sign in with your name until your administrator, who has been told, resumes it.',
      },
      'user-resumed': { subject: 'Your sign-in was resumed', body: 'Your sign-in is no longer suspended.' },
      'user-unlocked': { subject: 'Your sign-in was unlocked', body: 'An administrator unlocked your sign-in.' },
      'user-reset': {
        subject: 'You were asked to set up anew how you confirm your sign-ins',
        body: 'An administrator removed every way by which you confirmed sign-ins, because they were lost or are to be replaced. Nobody can sign in with your name until you have set up a new one by the invitation that is on its way to you. If you did not ask for this, tell your administrator at once, and do not pass the invitation on.',
      },
      'confirmation-disabled': {
        subject: 'Your sign-ins are no longer confirmed',
        body: 'An administrator removed every way by which you confirmed sign-ins, and switched confirming off for you: your password alone is enough now. If you did not ask for this, tell your administrator at once.',
      },
      'user-changed': { subject: 'Your account was changed', body: 'Your name, address or role was changed by an administrator.' },
      'phone-provisioned': {
        subject: 'Confirming your sign-ins by telephone is ready for you',
        body: 'Confirming sign-ins by telephone was ordered for you, and is ready to be set up: at your next sign-in, or in the security settings of your portal. You must be by the telephone then. Keep your numbers up to date afterwards, or you may be locked out.',
      },
      'token-provisioned': {
        subject: 'Confirming your sign-ins with a security token is ready for you',
        body: 'Confirming sign-ins with a security token was ordered for you, and is ready to be set up: at your next sign-in, or in the security settings of your portal. Have the token at hand: you will be asked for two of its codes, one after the other.',
      },
    },
    administrators: {
      'user-locked': (user) => ({
        subject: 'A sign-in was locked',
        body: `After too many wrong or unanswered attempts the sign-in of ${user} is locked for a while. Others may have been locked in the same quarter of an hour: see the audit list.`,
      }),
      'fraud-reported': (user) => ({
        subject: 'A sign-in was reported as fraud',
        body: `Somebody who was called to confirm a sign-in of ${user} said that it was not theirs. Whoever tried knows the password. The sign-in stays locked until one of you has looked into it and unlocks it.`,
      }),
      'suspended-by-self': (user) => ({
        subject: 'Somebody suspended their own sign-in',
        body: `On the security page ${user} said that something was not them, or that something was lost. Nobody can sign in with their name until one of you resumes it. Speak with them first, by a way that you know is theirs: whoever tried may know the password.`,
      }),
      'enforcement-started': () => ({
        subject: 'Sign-ins have to be confirmed from now on',
        body: 'The policy of your organization now requires that sign-ins are confirmed. Whoever has not set up a way to confirm them yet can do so at the next sign-in, while the time for that lasts: tell your people, and see the policy for how long. If nobody among you wanted this, see the audit list for who changed it.',
      }),
      'enrollment-expired': (user) => ({
        subject: 'An invitation was not used',
        body: `${user} did not set up how to confirm sign-ins in time, so the invitation is over and what was reserved for it is free again. Others may not have either: see the list of users. You can invite them anew.`,
      }),
      'enrollment-canceled': (user) => ({
        subject: 'An invitation was withdrawn',
        body: `The invitation of ${user} to set up how to confirm sign-ins was withdrawn: its link works no more, and what was reserved for it is free again. Others may have been withdrawn in the same quarter of an hour. Who did it stands in the audit list.`,
      }),
      'enrollment-undeliverable': (user) => ({
        subject: 'An invitation did not arrive',
        body: `The invitation of ${user} to set up how to confirm sign-ins could not be delivered by mail, so it is over and what was reserved for it is free again. Others may not have been either: see the list of users. Give the user another address, and invite anew.`,
      }),
    },
    when: (time) => `When: ${time}`,
    invitation: {
      subject: 'Set up how you confirm your sign-ins',
      invited: (organizationName) => `${organizationName} asks you to confirm your sign-ins in a second way, besides your password.`,
      reminder: 'Reminder: set up how you confirm your sign-ins',
      reminded: (organizationName) => `${organizationName} asked you to confirm your sign-ins in a second way, besides your password. You have not set that up yet, and there is not much time left.`,
      why: 'A password can be guessed or stolen. Whoever has yours still cannot sign in with your name when your sign-ins are confirmed by your telephone or an app as well.',
      how: 'It takes a few minutes: open this page, type your password once, and follow what it says. Have your telephone at hand.',
      link: 'Set it up',
      validFor: (hours) => `The link works once, for ${hours} hours. If you are sent another one, only the newest works.`,
      otherwise: 'If you did not expect this mail, ask your support before you open the page.',
    },
  },
};
