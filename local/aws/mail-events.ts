/** What SES tells of mails: bounces and complaints, to the topics that the template's configuration sets name. */
import { randomUUID } from 'node:crypto';
import type { Outbox } from '../outbox/outbox.ts';
import type { Resolver } from '../template/resolver.ts';
import type { Topics } from '../topics/topics.ts';
import { account } from '../stack/place.ts';

export interface MailDestination {
  readonly topicArn: string;
  /** As the template writes them: `bounce`, `complaint`. */
  readonly types: readonly string[];
}

interface DestinationProperties {
  readonly EventDestination?: {
    readonly Enabled?: boolean;
    readonly MatchingEventTypes?: readonly string[];
    readonly SnsDestination?: { readonly TopicARN: string };
  };
}

/** Only topics: a destination of another kind would be told nothing here, and is refused. */
export function readMailDestinations(resolver: Resolver): MailDestination[] {
  return resolver.resources('AWS::SES::ConfigurationSetEventDestination').map(({ logicalId, properties }) => {
    const { Enabled, MatchingEventTypes = [], SnsDestination } = (properties as DestinationProperties).EventDestination ?? {};
    if (SnsDestination === undefined) throw new Error(`The event destination ${logicalId} is no topic, which does not run on one machine.`);
    return { topicArn: SnsDestination.TopicARN, types: Enabled === false ? [] : MatchingEventTypes };
  });
}

export interface SentMail {
  readonly messageId: string;
  readonly source: string;
  readonly to: string;
  readonly subject: string;
  readonly tags: Readonly<Record<string, readonly string[]>>;
}

export interface MailEvents {
  /** Remembers a mail, so that what becomes of it can be told. */
  sent(mail: SentMail): void;
}

export interface MailEventsDependencies {
  readonly destinations: readonly MailDestination[];
  readonly outbox: Pick<Outbox, 'listen' | 'isDuplicating'>;
  readonly topics: Pick<Topics, 'publish'>;
  now(): number;
  setTimer(milliseconds: number, fire: () => void): unknown;
}

const mostRemembered = 1000;

function describeMail({ messageId, source, to, subject, tags }: SentMail, timestamp: string): object {
  const destination = [to];
  const headers = [{ name: 'From', value: source }, { name: 'To', value: to }, { name: 'Subject', value: subject }];
  const commonHeaders = { from: [source], to: destination, messageId, subject };
  return { timestamp, source, sendingAccountId: account, messageId, destination, headersTruncated: false, headers, commonHeaders, tags };
}

function describeTrouble(kind: 'bounced' | 'complained', to: string, timestamp: string): { type: string; event: object } {
  const feedbackId = randomUUID();
  if (kind === 'complained') {
    const complaint = { complainedRecipients: [{ emailAddress: to }], timestamp, feedbackId, complaintSubType: null, complaintFeedbackType: 'abuse', arrivalDate: timestamp };
    return { type: 'complaint', event: { eventType: 'Complaint', complaint } };
  }
  const recipient = { emailAddress: to, action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };
  const bounce = { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: [recipient], timestamp, feedbackId, reportingMTA: 'dsn; mta.example' };
  return { type: 'bounce', event: { eventType: 'Bounce', bounce } };
}

/** Listens to the outbox for as long as that lives. */
export function createMailEvents({ destinations, outbox, topics, now, setTimer }: MailEventsDependencies): MailEvents {
  const mails = new Map<string, SentMail>();
  outbox.listen((outboxEvent) => {
    if (outboxEvent.kind === 'replied' || outboxEvent.channel !== 'email') return;
    const { kind, messageId, to, afterSeconds } = outboxEvent;
    const tell = (): void => {
      const mail = mails.get(messageId);
      if (mail === undefined) return;
      const timestamp = new Date(now()).toISOString();
      const { type, event } = describeTrouble(kind, to, timestamp);
      const message = JSON.stringify({ ...event, mail: describeMail(mail, timestamp) });
      for (const { topicArn, types } of destinations) {
        if (!types.includes(type)) continue;
        for (let times = outbox.isDuplicating('email') ? 2 : 1; times > 0; times -= 1) topics.publish(topicArn, message);
      }
    };
    if (afterSeconds > 0) setTimer(afterSeconds * 1000, tell);
    else tell();
  });
  return {
    sent(mail) {
      mails.set(mail.messageId, mail);
      for (const id of mails.keys()) if (mails.size > mostRemembered) mails.delete(id);
    },
  };
}
