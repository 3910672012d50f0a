/** English: the sign-in prompt. */
import { frame } from './frame.ts';
import { ways } from './ways.ts';

export const words = {
  ...frame,
  ways,
  title: 'Confirm that it is you',
  chooseWay: 'Choose a way to confirm.',
  otherWays: 'Confirm in another way',
  code: 'Six-digit code',
  codeHint: 'A new one appears every 30 seconds.',
  recoveryKeyHint: '27 characters, with or without the dashes.',
  confirm: 'Confirm',
  usePasskey: 'Use the passkey',
  callMe: 'Call me',
  callAgain: 'Call me again',
  codeMissing: 'Type the code first.',
  notAccepted: 'That was not accepted. Wait for a new code and type that, or confirm in another way.',
  attempted: (attempt: number, of: number) => `Authentication is being attempted, attempt ${String(attempt)} of ${String(of)}.`,
  attemptedOnce: 'Authentication is being attempted.',
  showOnPhone: 'Key this number on the telephone, then #:',
  notYou: 'If you are called without having asked for it, press 9: nobody is signed in then.',
  states: {
    queued: 'Your telephone is about to ring.',
    ringing: 'The telephone is ringing.',
    answered: 'The call was answered: follow the voice.',
    'no-answer': 'Nobody answered.',
    busy: 'The line was busy.',
    failed: 'It did not go through.',
    sent: 'The message is on its way.',
    undeliverable: 'The message could not be delivered.',
  } as Readonly<Record<string, string>>,
  approvedTitle: 'Confirmed',
  refusedTitle: 'You could not be signed in',
  refusedText: 'It may have taken too long, or there were too many wrong answers: then signing in is closed for about an hour.',
  refusedNext: 'Go back and start again, later if need be. If you did not try to sign in yourself, tell your support.',
};

export type SignInWords = typeof words;
