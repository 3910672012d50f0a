/** English: what every page may say. The other languages have exactly these names. */
export const frame = {
  loading: 'One moment…',
  language: 'Language',
  logo: (name: string) => `Logo of ${name}`,
  help: (name: string) => `Help: ${name}`,
  backTo: (name: string) => `Back to ${name}`,
  again: 'Try again',
  back: 'Back',
  cancel: 'Cancel',
  goOn: 'Continue',
  openedNewTab: '(opens in a new tab)',

  overTitle: 'This page is no longer valid',
  overText: 'It can be used once, for a few minutes. Go back to where you were signing in, and start again there.',
  offlineTitle: 'The page could not be loaded',
  offlineText: 'Check your internet connection, then try again.',

  leavingTitle: 'Done',
  leavingText: (name: string) => `You are being taken back to ${name}.`,
  doneHere: 'You can close this page and go on where you came from.',

  problems: {
    offline: 'There was no answer. Check your internet connection, then try again.',
    waitSeconds: (seconds: number) => `That was too often in a short time. Wait ${String(seconds)} seconds, then try again.`,
    waitMinutes: (minutes: number) => `That was too often in a short time. Wait ${String(minutes)} minutes, then try again.`,
    spendLimit: 'No more calls and messages can be sent today. Choose another way, or ask your support.',
    numberRefused: 'This number cannot be used. Check it, or enter another one.',
    pinRefused: 'This PIN cannot be used. Choose digits that nobody would guess: no row like 1234, no date, no part of your number.',
    policyForbids: 'Your organization does not allow this. Choose another way.',
    invitationNeeded: 'This can no longer be set up here. Ask your support for an invitation.',
    tokenUnknown: 'There is no token by this credential ID that you could set up. Check what is printed on it, or ask your support.',
    unknown: 'That did not work. Try again in a moment. If it happens again, ask your support.',
  },
};

export type FrameWords = typeof frame;
