/** English: the ways to confirm, wherever they are named. */
import { app } from './app.ts';

export const ways = {
  app,
  totp: 'Authenticator app',
  totpWhat: 'Type the six digits that the app shows now.',
  token: (hint: string) => `Hardware token ${hint}`.trim(),
  tokenWhat: 'Type the code that the token shows now.',
  tokenCode: 'Code of the token',
  call: (hint: string) => `Call ${hint}`.trim(),
  callWhat: 'The telephone rings. Press # to confirm.',
  callPinWhat: 'The telephone rings. Key your PIN, then #.',
  callMatchWhat: 'The telephone rings. Key the number that this page shows, then #.',
  text: (hint: string) => `Text ${hint}`.trim(),
  textCodeWhat: 'You are texted a code, and type it here.',
  textReplyWhat: 'You are texted a code, and reply with it.',
  textPinWhat: 'You are texted a code, and reply with it, followed by your PIN.',
  textMatchWhat: 'You are texted, and reply with the number that this page shows.',
  texts: {
    send: 'Text me',
    again: 'Text me again',
    note: 'If you are texted without having asked for it, reply NO or tell your support: nobody is signed in then.',
    code: 'Code from the text',
    codeMissing: 'Type the code from the text first.',
    confirm: 'Confirm',
    notAccepted: 'That was not accepted. Look at the newest text, or be texted again.',
    show: 'Reply to the text with this number:',
    title: 'Look at your telephone',
    texting: (hint: string) => `${hint} is being texted.`,
    doCode: 'Type the code from the text here.',
    doReply: 'Reply to the text with its code.',
    doPin: 'Reply to the text with its code, followed by the PIN that you have just chosen, without a space.',
    doMatch: 'Reply to the text with this number:',
    change: 'Change the number',
    methods: {
      'sms-code': 'Type a code that you are texted',
      'sms-reply-pin': 'Reply to a text with its code and a PIN',
      'sms-reply-match': 'Reply to a text with the number that the page shows',
      'sms-reply': 'Reply to a text with its code',
    },
    states: {
      sent: 'The text is on its way.',
      failed: 'The text could not be sent. Try again, or choose another way.',
      undeliverable: 'The text could not be delivered. Check the number, or choose another way.',
    } as Readonly<Record<string, string>>,
  },
  other: 'Another way',
  passkey: 'Passkey',
  passkeyWhat: 'Your computer, your phone or a security key confirms that it is you.',
};

export type WaysWords = typeof ways;
