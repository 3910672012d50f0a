/**
 * The port to text messages. A carrier says for certain that it took a text, or for certain that it did not; whatever
 * else happens is an error, and the text may be on its way: nobody sends it again.
 */
export interface OutgoingText {
  readonly to: string;
  readonly text: string;
  /** How long the code in it counts: a text that arrives later only confuses. */
  readonly lifeSeconds: number;
  /** What comes back with word that it did not arrive: where it is recorded, and which send it is. Ids only. */
  readonly record: { readonly partition: string; readonly send: number };
}

export type SentText =
  | { readonly outcome: 'accepted'; readonly messageId: string }
  | { readonly outcome: 'refused'; readonly reason: string };

export interface SmsCarrier {
  send(text: OutgoingText): Promise<SentText>;
  /** Tells the carrier that a text did its work, by which it learns to tell people from robots. Absent where it cannot be told. */
  reportUse?(messageId: string): Promise<void>;
}

interface PriceCap {
  /** US dollars: a text that would cost more is refused by the carrier. */
  readonly mostPerText: string;
}

export interface SnsSettings extends PriceCap {
  readonly carrier: 'sns';
  readonly originationNumber?: string;
  readonly senderId?: string;
}

export interface EndUserMessagingSettings extends PriceCap {
  readonly carrier: 'end-user-messaging';
  /** ARN of a pool or of a number. */
  readonly origination: string;
  readonly configurationSet?: string;
  readonly protectConfigurationId?: string;
  /** Countries in which its numbers can be replied to. */
  readonly repliesFrom: readonly string[];
}

/** What a stage says about its texts: the value of COUNTERSIGN_TEXTING. */
export type TextingSettings = SnsSettings | EndUserMessagingSettings;
