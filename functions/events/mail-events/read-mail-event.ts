/** Reads what Amazon SES tells of a mail. Only a permanent bounce and a complaint are about the address itself. */
import * as z from 'zod/mini';
import type { MailTrouble } from '../../../shared/users/mark-email.ts';

const recipients = z.array(z.object({ emailAddress: z.string().check(z.minLength(3), z.maxLength(320)) }));
const tag = z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(256))));

/** Notifications of an identity are named by another field than the events of a configuration set. */
const mailEvent = z.object({
  eventType: z.optional(z.string()),
  notificationType: z.optional(z.string()),
  bounce: z.optional(z.object({ bounceType: z.string(), bouncedRecipients: recipients })),
  complaint: z.optional(z.object({ complainedRecipients: recipients })),
  mail: z.object({ messageId: z.string().check(z.minLength(1), z.maxLength(200)), tags: z.optional(z.object({ user: tag, challenge: tag, send: tag })) }),
});

export interface ReadMailEvent extends MailTrouble {
  /** Whose code it carried, and which send of it. */
  readonly code?: { readonly challengeId: string; readonly send: number };
}

export type MailEvent = ReadMailEvent | { readonly ignored: 'not-readable' | 'not-permanent' | 'other-type' | 'not-ours' };

type Parsed = z.infer<typeof mailEvent>;

function troubleOf({ eventType, notificationType, bounce, complaint }: Parsed): Pick<MailTrouble, 'problem' | 'addresses'> | 'not-permanent' | undefined {
  const type = eventType ?? notificationType;
  const addressesOf = (list: z.infer<typeof recipients>): string[] => list.map(({ emailAddress }) => emailAddress);
  if (type === 'Complaint' && complaint) return { problem: 'complained', addresses: addressesOf(complaint.complainedRecipients) };
  if (type !== 'Bounce' || !bounce) return undefined;
  if (bounce.bounceType !== 'Permanent') return 'not-permanent';
  return { problem: 'bounced', addresses: addressesOf(bounce.bouncedRecipients) };
}

/** SNS's envelope around it: whoever may write to the queue is the topic's policy's matter. */
const envelope = z.object({ Message: z.string() });

function parse(body: string): Parsed | undefined {
  try {
    return mailEvent.safeParse(JSON.parse(envelope.parse(JSON.parse(body)).Message)).data;
  } catch {
    return undefined;
  }
}

export function readMailEvent(body: string): MailEvent {
  const parsed = parse(body);
  if (!parsed) return { ignored: 'not-readable' };
  const trouble = troubleOf(parsed);
  if (trouble === 'not-permanent') return { ignored: trouble };
  if (!trouble) return { ignored: 'other-type' };
  const { messageId, tags } = parsed.mail;
  const [userKey] = tags?.user ?? [];
  // Whatever was not sent by us, through the same identity, names nobody.
  if (userKey === undefined) return { ignored: 'not-ours' };
  const [[challengeId], [send]] = [tags?.challenge ?? [], tags?.send ?? []];
  const code = challengeId === undefined || !/^\d{1,2}$/.test(send ?? '') ? {} : { code: { challengeId, send: Number(send) } };
  return { ...trouble, userKey, messageId, ...code };
}
