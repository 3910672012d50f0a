/** SES, first version, over the outbox: what is sent appears on the phone page, and what became of it is told later. */
import { randomUUID } from 'node:crypto';
import { readMembers } from './query-protocol.ts';
import { ServiceError } from './service-error.ts';
import type { Operation } from './endpoint.ts';
import type { MailEvents } from './mail-events.ts';
import type { Outbox } from '../outbox/outbox.ts';

const tagForm = /^[A-Za-z0-9_-]{1,256}$/;

/** `Tags.member.1.Name` and `.Value`, and so on; with anything else in them, SES refuses the mail. */
function readTags(form: URLSearchParams): Record<string, string[]> {
  const tags: Record<string, string[]> = {};
  for (let index = 1; ; index += 1) {
    const [name, value] = [form.get(`Tags.member.${String(index)}.Name`), form.get(`Tags.member.${String(index)}.Value`)];
    if (name === null || value === null) return tags;
    if (!tagForm.test(name) || !tagForm.test(value)) throw new ServiceError('InvalidParameterValue', `Invalid tag ${name}.`);
    tags[name] = [value];
  }
}

/** One message per recipient, as each has its own mailbox. */
export function createSes(outbox: Outbox, mailEvents: Pick<MailEvents, 'sent'>): Readonly<Record<string, Operation<URLSearchParams>>> {
  return {
    SendEmail(form) {
      const recipients = ['To', 'Cc', 'Bcc'].flatMap((kind) => readMembers(form, `Destination.${kind}Addresses`));
      if (recipients.length === 0) throw new ServiceError('InvalidParameterValue', 'Missing required header To.');
      const tags = readTags(form);
      const html = form.get('Message.Body.Html.Data');
      const message = {
        channel: 'email',
        from: form.get('Source') ?? '',
        subject: form.get('Message.Subject.Data') ?? '',
        text: form.get('Message.Body.Text.Data') ?? '',
        ...(html === null ? {} : { html }),
      } as const;
      const ids = recipients.map((to) => {
        const messageId = outbox.accept({ ...message, to });
        mailEvents.sent({ messageId, source: message.from, to, subject: message.subject, tags });
        return messageId;
      });
      return { MessageId: ids[0] ?? randomUUID() };
    },
  };
}
