/** The port to mail, and Amazon SES behind it. */
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface EmailCarrier {
  send(mail: Mail): Promise<void>;
}

export function sesCarrier(from: string): EmailCarrier {
  const client = new SESClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1000, requestTimeout: 4000 } });
  return {
    send: async ({ to, subject, text }) => {
      await client.send(
        new SendEmailCommand({
          Source: from,
          Destination: { ToAddresses: [to] },
          Message: { Subject: { Data: subject, Charset: 'UTF-8' }, Body: { Text: { Data: text, Charset: 'UTF-8' } } },
        }),
      );
    },
  };
}
