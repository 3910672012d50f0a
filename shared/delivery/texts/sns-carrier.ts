/** Texts by Amazon SNS: one way, with a sender, a class and a cap on the price, and nothing to tell it afterwards. */
import { PublishCommand, SNSClient, type MessageAttributeValue } from '@aws-sdk/client-sns';
import type { SmsCarrier, SnsSettings } from '../sms-carrier.ts';

/** Nothing was sent, and a second try would change nothing. The wire leaves the word "Exception" out of some. */
const refusals = new Set(['InvalidParameter', 'InvalidParameterValue', 'OptedOut', 'AuthorizationError', 'Throttled', 'ValidationException', 'UserError']);

const short = (name: string): string => (refusals.has(name) ? name : name.replace(/Exception$/, ''));

const text = (StringValue: string): MessageAttributeValue => ({ DataType: 'String', StringValue });

export function snsCarrier({ originationNumber, senderId, mostPerText }: SnsSettings): SmsCarrier {
  // One try: whether a first that was not answered went out is not known.
  const client = new SNSClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 1000, requestTimeout: 5000 } });
  const MessageAttributes: Record<string, MessageAttributeValue> = {
    'AWS.SNS.SMS.SMSType': text('Transactional'),
    'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: mostPerText },
    ...(originationNumber === undefined ? {} : { 'AWS.MM.SMS.OriginationNumber': text(originationNumber) }),
    ...(senderId === undefined ? {} : { 'AWS.SNS.SMS.SenderID': text(senderId) }),
  };
  return {
    send: async ({ to, text: Message }) => {
      try {
        const { MessageId } = await client.send(new PublishCommand({ PhoneNumber: to, Message, MessageAttributes }));
        if (!MessageId) throw new Error('Amazon SNS answered without a message id');
        return { outcome: 'accepted', messageId: MessageId };
      } catch (error) {
        if (error instanceof Error && refusals.has(short(error.name))) return { outcome: 'refused', reason: short(error.name) };
        throw error;
      }
    },
  };
}
