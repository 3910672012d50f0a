/** Reads what the topic of replies put on our queue: the service's own JSON, inside a notification, inside a record. */
import * as z from 'zod/mini';

const notification = z.object({
  Type: z.literal('Notification'),
  TopicArn: z.string(),
  Message: z.string().check(z.maxLength(20_000)),
});

const number = z.string().check(z.regex(/^\+?\d{3,15}$/));

const inbound = z.object({
  originationNumber: number,
  messageBody: z.string(),
  inboundMessageId: z.string().check(z.minLength(1), z.maxLength(100)),
  previousPublishedMessageId: z.nullish(z.string().check(z.maxLength(100))),
});

export interface InboundText {
  readonly from: string;
  readonly text: string;
  readonly messageId: string;
  readonly previousMessageId?: string | undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Undefined for whatever is no text of our own topic's: there is nothing to try again. */
export function readInboundText(body: string, topicArn: string): InboundText | undefined {
  const outer = notification.safeParse(parse(body));
  if (!outer.success || outer.data.TopicArn !== topicArn) return undefined;
  const inner = inbound.safeParse(parse(outer.data.Message));
  if (!inner.success) return undefined;
  const { originationNumber, messageBody, inboundMessageId, previousPublishedMessageId } = inner.data;
  return { from: originationNumber, text: messageBody, messageId: inboundMessageId, previousMessageId: previousPublishedMessageId ?? undefined };
}
