/** Reads what a contact flow asks: untrusted until the contact is found to be the one that we placed. */
import * as z from 'zod/mini';

const flowEvent = z.object({
  Details: z.object({
    ContactData: z.object({ ContactId: z.string().check(z.minLength(1), z.maxLength(100)) }),
    Parameters: z.object({
      event: z.enum(['key', 'entry']),
      key: z.optional(z.string().check(z.maxLength(1))),
      entry: z.optional(z.string().check(z.maxLength(32))),
      try: z.string().check(z.regex(/^[\w-]{1,16}$/)),
      challengeId: z.string().check(z.maxLength(100)),
      leg: z.string().check(z.regex(/^[1-9]\d?$/)),
    }),
  }),
});

export interface FlowQuestion {
  readonly contactId: string;
  readonly challengeId: string;
  readonly leg: number;
  readonly attempt: string;
  readonly keys: string;
}

/** Undefined for anything else than our own flows send. */
export function readFlowEvent(event: unknown): FlowQuestion | undefined {
  const read = flowEvent.safeParse(event);
  if (!read.success) return undefined;
  const { ContactData, Parameters } = read.data.Details;
  const keys = Parameters.event === 'key' ? Parameters.key : Parameters.entry;
  return {
    contactId: ContactData.ContactId,
    challengeId: Parameters.challengeId,
    leg: Number(Parameters.leg),
    attempt: Parameters.try,
    keys: keys ?? '',
  };
}
