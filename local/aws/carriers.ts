/** SNS over the outbox: what is sent appears on the phone page. */
import { createPlatformEndpoint, publishToDevice } from './mobile-push.ts';
import { ServiceError } from './service-error.ts';
import type { Operation } from './endpoint.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Topics } from '../topics/topics.ts';

type Operations = Readonly<Record<string, Operation<URLSearchParams>>>;

/** SNS: a number gets a text; a topic tells its queues, and what nobody subscribed to is written down. */
export function createSns(outbox: Outbox, topics: Pick<Topics, 'publish'>, log: (line: string) => void): Operations {
  return {
    CreatePlatformEndpoint: createPlatformEndpoint,
    Publish(form) {
      const to = form.get('PhoneNumber');
      const text = form.get('Message') ?? '';
      if (to !== null) {
        const sender = attribute(form, 'AWS.SNS.SMS.SenderID') ?? attribute(form, 'AWS.MM.SMS.OriginationNumber');
        return { MessageId: outbox.accept({ channel: 'sms', to, from: sender ?? 'NOTICE', text }) };
      }
      const pushed = publishToDevice(outbox, form);
      if (pushed) return pushed;
      const topic = form.get('TopicArn') ?? form.get('TargetArn');
      if (topic === null) throw new ServiceError('InvalidParameter', 'Invalid parameter: TopicArn or PhoneNumber');
      const subject = form.get('Subject') ?? undefined;
      log(`SNS ${topic}: ${subject ?? text}`);
      return { MessageId: publish(topics, topic, text, subject) };
    },
  };
}

function publish(topics: Pick<Topics, 'publish'>, topic: string, text: string, subject: string | undefined): string {
  try {
    return topics.publish(topic, text, subject);
  } catch {
    throw new ServiceError('NotFound', 'Topic does not exist', 404);
  }
}

/** The value of a message attribute, which the form spreads over three numbered fields. */
function attribute(form: URLSearchParams, name: string): string | undefined {
  for (const [key, value] of form) {
    const entry = /^(MessageAttributes\.entry\.\d+)\.Name$/.exec(key)?.[1];
    if (entry !== undefined && value === name) return form.get(`${entry}.Value.StringValue`) ?? undefined;
  }
  return undefined;
}
