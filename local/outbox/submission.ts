/** What each carrier takes, and the words in which it refuses the rest: SNS for texts and pushes, SES for mail. */

export const channels = ['sms', 'email', 'push'] as const;
export type Channel = (typeof channels)[number];

export interface Submission {
  channel: Channel;
  to: string;
  from: string;
  subject?: string;
  text: string;
  html?: string;
}

/** A refusal by a carrier, with the name and status of its API. */
export class OutboxError extends Error {
  override readonly name: string;
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

const maximumTextLength = 1600;
const maximumMailBytes = 10 * 1024 * 1024;
const e164 = /^\+[1-9]\d{6,14}$/;
/** Enough to catch what SES would refuse: a missing @, a space, a line break that would forge a header. */
const address = /^[^\s@<>,;"]+@[^\s@<>,;"]+$/;
const nameAndAddress = /^(?:[^\r\n<>]*<([^\r\n<>]+)>|([^\r\n<>]+))$/;

function isMailbox(text: string): boolean {
  const match = nameAndAddress.exec(text);
  return match !== null && address.test((match[1] ?? match[2] ?? '').trim());
}

/** What a carrier answers while it is out of order. */
export function outage(channel: Channel): OutboxError {
  return channel === 'email'
    ? new OutboxError('ServiceUnavailable', 'The service is not available.', 503)
    : new OutboxError('InternalError', 'The service is not available.', 500);
}

function checkText({ to, text }: Submission): void {
  if (!e164.test(to)) {
    const reason = `Invalid parameter: PhoneNumber Reason: ${to} is not valid to publish to`;
    throw new OutboxError('InvalidParameter', reason);
  }
  if (text.length > maximumTextLength) throw new OutboxError('InvalidParameter', 'Invalid parameter: Message too long');
}

function checkMail({ to, from, subject, text, html }: Submission): void {
  if (!isMailbox(to)) throw new OutboxError('InvalidParameterValue', 'The address of the recipient is not valid.');
  if (!isMailbox(from)) throw new OutboxError('InvalidParameterValue', 'The address of the sender is not valid.');
  if (subject !== undefined && /[\r\n]/.test(subject)) {
    throw new OutboxError('InvalidParameterValue', 'Header subject must not contain a line break.');
  }
  if (Buffer.byteLength(text) + Buffer.byteLength(html ?? '') > maximumMailBytes) {
    throw new OutboxError('MessageRejected', 'The message is too long.');
  }
}

/** Throws what the carrier would answer with. */
export function checkSubmission(submission: Submission): void {
  if (submission.channel === 'email') checkMail(submission);
  else if (submission.channel === 'sms') checkText(submission);
  else if (submission.to === '') throw new OutboxError('InvalidParameter', 'Invalid parameter: TargetArn');
  if (submission.text === '' && (submission.html ?? '') === '') {
    throw new OutboxError('InvalidParameter', 'Invalid parameter: Empty message');
  }
}
