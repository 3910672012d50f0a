/** English: our own app, where it is asked and where it is set up. */
export const app = {
  name: 'Countersign app',
  what: 'You are asked in the app, and approve there.',
  pinWhat: 'You are asked in the app, and approve there with your PIN.',
  matchWhat: 'You are asked in the app, and pick the number that this page shows.',
  ask: 'Ask in the app',
  askAgain: 'Ask again',
  note: 'Open the app if it does not wake by itself. It is asked for one minute. If you are asked without having signed in, say there that it was not you.',
  showing: 'Pick this number in the app:',
  setUpWhat: 'You are asked in an app on your phone or computer, and approve there. It comes from this address; there is nothing to buy.',
  title: 'Set up the Countersign app',
  how: 'How do you want to approve?',
  methods: { approve: 'With one press', 'approve-pin': 'With a PIN', match: 'With the number that the page shows' } as Readonly<Record<string, string>>,
  pin: 'PIN',
  pinHint: (least: number) => `${String(least)} to 8 digits. No row like 1234, no date.`,
  pinMissing: (least: number) => `Choose a PIN of ${String(least)} to 8 digits.`,
  goOn: 'Continue',
  open: 'On the device that is to ask you, scan this picture with its camera, or open the link below.',
  picture: 'QR code that pairs a device. The same as a link is below.',
  link: 'Open the link on this device',
  thenAdd: 'Say yes there to adding the account. This page goes on by itself.',
  waiting: 'Waiting for the device. The picture is good for ten minutes, once.',
};

export type AppWords = typeof app;
