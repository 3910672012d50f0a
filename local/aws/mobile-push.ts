/** SNS mobile push over the outbox: no vendor is asked, and what a device would show appears on the phone page. */
import { ServiceError } from './service-error.ts';
import type { Outbox } from '../outbox/outbox.ts';

const applicationArn = /^arn:aws:sns:[a-z0-9-]*:\d{12}:app\//;
const endpointArn = /^arn:aws:sns:[a-z0-9-]*:\d{12}:endpoint\/[^/]+\/[^/]+\/(.+)$/;

/** The same device has the same endpoint, named by its token: a test finds its messages by that. */
export function createPlatformEndpoint(form: URLSearchParams): { EndpointArn: string } {
  const [application, token] = [form.get('PlatformApplicationArn') ?? '', form.get('Token') ?? ''];
  if (!applicationArn.test(application)) throw new ServiceError('InvalidParameter', 'Invalid parameter: PlatformApplicationArn');
  if (token === '') throw new ServiceError('InvalidParameter', 'Invalid parameter: Token');
  return { EndpointArn: `${application.replace(':app/', ':endpoint/')}/${token}` };
}

/** Of a message for every platform, the words that any would show. */
function textOf(form: URLSearchParams): string {
  const message = form.get('Message') ?? '';
  if (form.get('MessageStructure') !== 'json') return message;
  const { default: text } = JSON.parse(message) as { default?: string };
  if (text === undefined) throw new ServiceError('InvalidParameter', 'Invalid parameter: Message Structure - No default entry in JSON message body');
  return text;
}

/** Undefined when the target is no device. */
export function publishToDevice(outbox: Outbox, form: URLSearchParams): { MessageId: string } | undefined {
  const [, token] = endpointArn.exec(form.get('TargetArn') ?? '') ?? [];
  if (token === undefined) return undefined;
  return { MessageId: outbox.accept({ channel: 'push', to: token, from: 'Countersign', text: textOf(form) }) };
}
