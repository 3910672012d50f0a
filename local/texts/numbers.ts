/**
 * AWS End User Messaging of one machine: the numbers that texts come from, who has opted out of them, what is on its way
 * to whom, and the replies, which go to the topic that its policy opened to the service.
 */
import { randomUUID } from 'node:crypto';
import type { Outbox, Reply } from '../outbox/outbox.ts';
import type { Resolver } from '../template/resolver.ts';
import type { Topics } from '../topics/topics.ts';

export interface SentText {
  readonly to: string;
  readonly origination: string;
  readonly text: string;
  readonly timeToLive: number;
  readonly configurationSet?: string;
  readonly context?: unknown;
}

/** Whom a configuration set tells of which events. */
export interface ConfigurationSet {
  readonly name: string;
  readonly destinations: readonly { readonly types: readonly string[]; readonly topicArn: string }[];
}

interface SetProperties {
  readonly ConfigurationSetName?: string;
  readonly EventDestinations?: readonly { readonly Enabled?: boolean; readonly MatchingEventTypes?: readonly string[]; readonly SnsDestination?: { readonly TopicArn?: string } }[];
}

/** The template's; only topics are told, and no other destination is made by the product. */
export function readConfigurationSets(resolver: Resolver): ConfigurationSet[] {
  return resolver.resources('AWS::SMSVOICE::ConfigurationSet').map(({ logicalId, properties }) => {
    const { ConfigurationSetName: name = logicalId, EventDestinations = [] } = properties as SetProperties;
    const destinations = EventDestinations.filter(({ Enabled }) => Enabled === true).map(({ MatchingEventTypes: types = [], SnsDestination }) => {
      if (SnsDestination?.TopicArn === undefined) throw new Error(`The configuration set ${logicalId} tells something else than a topic, which does not run on one machine.`);
      return { types, topicArn: SnsDestination.TopicArn };
    });
    return { name, destinations };
  });
}

export interface TextNumbers {
  /** Answers the message's id. */
  send(text: SentText): string;
  /** Whether the message exists and was sent with feedback on. */
  report(messageId: string, status: string): boolean;
  /** What was reported of each message. */
  reports(): ReadonlyMap<string, string>;
  isOptedOut(number: string): boolean;
}

export interface TextNumbersDependencies {
  readonly outbox: Outbox;
  readonly topics: Topics;
  readonly configurationSets: readonly ConfigurationSet[];
  /** What texts are sent twice is also replied twice. */
  isDuplicating(): boolean;
  log(line: string): void;
}

const service = 'sms-voice.amazonaws.com';
const optOut = new Set('ARRET CANCEL END OPT-OUT OPTOUT QUIT REMOVE STOP TD UNSUBSCRIBE'.split(' '));
const optIn = new Set(['START', 'UNSTOP']);

/** What the person sees as the sender: an identity's last part, which on one machine is its number. */
function shownAs(origination: string): string {
  const last = origination.split('/').at(-1) ?? origination;
  return /^\d{5,15}$/.test(last) ? `+${last}` : last;
}

const keywordOf = (text: string): string => text.trim().split(/\s+/)[0]?.toUpperCase() ?? '';

export function createTextNumbers({ outbox, topics, configurationSets, isDuplicating, log }: TextNumbersDependencies): TextNumbers {
  const sent = new Map<string, string>();
  const events = new Map<string, Pick<SentText, 'to' | 'configurationSet' | 'context'>>();
  const lastTo = new Map<string, string>();
  const optedOut = new Set<string>();

  function receive({ from, to, text }: Reply): void {
    const keyword = keywordOf(text);
    if (optOut.has(keyword)) optedOut.add(from);
    if (optIn.has(keyword)) optedOut.delete(from);
    const inbound = JSON.stringify({
      originationNumber: from,
      destinationNumber: to,
      messageKeyword: keyword === '' ? 'KEYWORD' : keyword.slice(0, 30),
      messageBody: text,
      inboundMessageId: randomUUID(),
      previousPublishedMessageId: lastTo.get(from) ?? randomUUID(),
    });
    const open = topics.openTo(service);
    if (open.length === 0) log('A text was replied to, but no topic takes replies.');
    for (const arn of open) for (let times = isDuplicating() ? 2 : 1; times > 0; times -= 1) topics.publish(arn, inbound);
  }

  function tellOfFailure(messageId: string): void {
    const { to = '', configurationSet, context } = events.get(messageId) ?? {};
    const eventType = 'TEXT_UNREACHABLE';
    const description = JSON.stringify({
      ...{ eventType, eventVersion: '1.0', isFinal: true, destinationPhoneNumber: to, messageId, messageStatus: 'UNREACHABLE' },
      ...(context === undefined ? {} : { context }),
    });
    const set = configurationSets.find(({ name }) => name === configurationSet);
    for (const { types, topicArn } of set?.destinations ?? []) if (types.includes(eventType)) topics.publish(topicArn, description);
  }

  outbox.listen((event) => {
    if (event.kind === 'replied' && event.reply.channel === 'sms') receive(event.reply);
    if (event.kind === 'bounced' && event.channel === 'sms') tellOfFailure(event.messageId);
  });
  return {
    send({ to, origination, text, timeToLive, configurationSet, context }) {
      const messageId = outbox.accept({ channel: 'sms', to, from: shownAs(origination), text }, timeToLive);
      sent.set(messageId, 'PENDING');
      events.set(messageId, { to, context, ...(configurationSet === undefined ? {} : { configurationSet }) });
      lastTo.set(to, messageId);
      return messageId;
    },
    report(messageId, status) {
      if (!sent.has(messageId)) return false;
      sent.set(messageId, status);
      return true;
    },
    reports: () => sent,
    isOptedOut: (number) => optedOut.has(number),
  };
}
