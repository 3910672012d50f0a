/** SNS topics of one machine: each message goes to every queue that subscribed, in the envelope that SNS makes. */
import { randomUUID } from 'node:crypto';
import type { Queues } from '../queue/queues.ts';
import type { Resolver } from '../template/resolver.ts';

export interface TopicSettings {
  readonly arn: string;
  readonly queueArns: readonly string[];
  /** The services that its policy lets publish, such as sms-voice.amazonaws.com. */
  readonly publishers: readonly string[];
}

export interface Topics {
  /** Throws for a topic that is not in the template. Answers the message's id. */
  publish(arn: string, message: string, subject?: string): string;
  /** Topics to which a service may publish, by their policies. */
  openTo(service: string): readonly string[];
}

interface SubscriptionProperties {
  readonly TopicArn?: string;
  readonly Protocol?: string;
  readonly Endpoint?: string;
  readonly RawMessageDelivery?: boolean;
  readonly FilterPolicy?: unknown;
}

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: { readonly Service?: string | readonly string[] };
}

interface PolicyProperties {
  readonly Topics?: readonly string[];
  readonly PolicyDocument?: { readonly Statement?: readonly Statement[] };
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] => [value ?? []].flat();

/** The template's topics. Only queues are told; a mail to an operator is nobody's on one machine. */
export function readTopics(resolver: Resolver): TopicSettings[] {
  const subscriptions = resolver.resources('AWS::SNS::Subscription').map(({ logicalId, properties }) => {
    const subscription = properties as SubscriptionProperties;
    if (subscription.RawMessageDelivery === true || subscription.FilterPolicy !== undefined) {
      throw new Error(`The subscription ${logicalId} is raw or filtered, which does not run on one machine.`);
    }
    return subscription;
  });
  const policies = resolver.resources('AWS::SNS::TopicPolicy').map(({ properties }) => properties as PolicyProperties);
  return resolver.resources('AWS::SNS::Topic').map(({ ref }) => ({
    arn: ref,
    queueArns: subscriptions.flatMap(({ TopicArn, Protocol, Endpoint }) => (TopicArn === ref && Protocol === 'sqs' && Endpoint !== undefined ? [Endpoint] : [])),
    publishers: policies
      .filter(({ Topics: of }) => of?.includes(ref) === true)
      .flatMap(({ PolicyDocument }) => PolicyDocument?.Statement ?? [])
      .filter(({ Effect, Action }) => Effect === 'Allow' && listOf(Action).includes('sns:Publish'))
      .flatMap(({ Principal }) => listOf(Principal?.Service)),
  }));
}

export interface TopicsDependencies {
  readonly queues: Pick<Queues, 'send'>;
  now(): number;
}

/** Makes the topics. Signatures are not made: what reaches a queue has come through its policy. */
export function createTopics(settings: readonly TopicSettings[], { queues, now }: TopicsDependencies): Topics {
  return {
    openTo: (service) => settings.filter(({ publishers }) => publishers.includes(service)).map(({ arn }) => arn),
    publish(arn, message, subject) {
      const topic = settings.find((candidate) => candidate.arn === arn);
      if (topic === undefined) throw new Error(`There is no topic ${arn}.`);
      const MessageId = randomUUID();
      const envelope = {
        Type: 'Notification',
        MessageId,
        TopicArn: arn,
        ...(subject === undefined ? {} : { Subject: subject }),
        Message: message,
        Timestamp: new Date(now()).toISOString(),
        SignatureVersion: '1',
        Signature: 'none',
        SigningCertURL: 'https://sns.example/none.pem',
        UnsubscribeURL: 'https://sns.example/none',
      };
      for (const queueArn of topic.queueArns) queues.send(queueArn, JSON.stringify(envelope));
      return MessageId;
    },
  };
}
