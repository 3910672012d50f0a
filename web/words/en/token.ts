/** English: setting up a hardware token. */
export const token = {
  name: 'Hardware token',
  what: 'A small device that your organization gave you shows a code.',
  title: 'Set up your hardware token',
  number: 'Credential ID',
  numberHint: 'It is printed on the token. Spaces and small letters do not matter.',
  numberMissing: 'Type what is printed on the token first.',
  two: (hint: string) => `Token ${hint}: type the code that it shows. Then press its button again, or wait until the code changes, and type the next one.`,
  first: 'Code that it shows now',
  next: 'The code after it',
  confirm: 'Confirm',
  missing: 'Type both codes.',
  notAccepted: 'That was not accepted. Type two new codes, one right after the other. If it happens again, check the credential ID, or ask your support.',
};

export type TokenWords = typeof token;
