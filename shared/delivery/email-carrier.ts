/** The port to mail, and Amazon SES behind it. A refusal that sending again cannot mend is an outcome, not an error. */
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { mailboxOf } from './mailbox.ts';

export interface Mail {
  readonly to: string;
  /** The name beside our address: the organization's. */
  readonly fromName: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Whom, and which challenge, a bounce of it is about: SES hands these back with its events, and nobody else reads them. */
  readonly about: { readonly user: string; readonly challenge?: string; readonly send?: string };
}

export type SentMail =
  | { readonly outcome: 'sent'; readonly messageId: string }
  | { readonly outcome: 'refused'; readonly reason: string };

export interface EmailCarrier {
  send(mail: Mail): Promise<SentMail>;
}

/** The message, the address, or what the account may send. */
const permanent = new Set([
  'AccountSendingPausedException',
  'ConfigurationSetDoesNotExistException',
  'ConfigurationSetSendingPausedException',
  'InvalidParameterValue',
  'MailFromDomainNotVerifiedException',
  'MessageRejected',
]);

const charset = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** The wire leaves the word "Exception" out of some. */
function reasonOf(error: unknown): string | undefined {
  const name = error instanceof Error ? error.name : '';
  return [name, `${name}Exception`].find((each) => permanent.has(each));
}

export function sesCarrier(from: string): EmailCarrier {
  const client = new SESClient({ maxAttempts: 2, requestHandler: { connectionTimeout: 1000, requestTimeout: 4000 } });
  return {
    send: async ({ to, fromName, subject, text, html, about }) => {
      try {
        const { MessageId } = await client.send(
          new SendEmailCommand({
            Source: mailboxOf(fromName, from),
            Destination: { ToAddresses: [to] },
            Message: { Subject: charset(subject), Body: { Text: charset(text), Html: charset(html) } },
            Tags: Object.entries(about).map(([Name, Value]) => ({ Name, Value })),
          }),
        );
        if (!MessageId) throw new Error('Amazon SES answered without a message id');
        return { outcome: 'sent', messageId: MessageId };
      } catch (error) {
        const reason = reasonOf(error);
        if (reason !== undefined) return { outcome: 'refused', reason };
        throw error;
      }
    },
  };
}
