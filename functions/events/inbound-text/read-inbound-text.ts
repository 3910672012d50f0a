/** Reads what came back of our texts: the service's own JSON, inside a notification, inside a record of our queue. */
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

const failure = z.object({
  eventType: z.string().check(z.regex(/^TEXT_[A-Z_]{1,40}$/)),
  context: z.object({ record: z.string().check(z.regex(/^CALL#[\w-]{22}$/)), send: z.string().check(z.regex(/^[1-9]\d?$/)) }),
});

/** A text of ours that did not arrive. */
export interface FailedText {
  readonly partition: string;
  readonly send: number;
  readonly how: string;
}

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

/** Undefined for whatever is not of our own topic's: there is nothing to try again. */
export function readInboundText(body: string, topicArn: string): InboundText | FailedText | undefined {
  const outer = notification.safeParse(parse(body));
  if (!outer.success || outer.data.TopicArn !== topicArn) return undefined;
  const message = parse(outer.data.Message);
  const failed = failure.safeParse(message);
  if (failed.success) return { partition: failed.data.context.record, send: Number(failed.data.context.send), how: failed.data.eventType };
  const inner = inbound.safeParse(message);
  if (!inner.success) return undefined;
  const { originationNumber, messageBody, inboundMessageId, previousPublishedMessageId } = inner.data;
  return { from: originationNumber, text: messageBody, messageId: inboundMessageId, previousMessageId: previousPublishedMessageId ?? undefined };
}
