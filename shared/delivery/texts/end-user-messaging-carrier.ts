/**
 * Texts by AWS End User Messaging: from a pool or a number, within a protect configuration, no longer on their way than
 * the code counts, and with word back when a code was right.
 */
import { PinpointSMSVoiceV2Client, PutMessageFeedbackCommand, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { EndUserMessagingSettings, SmsCarrier } from '../sms-carrier.ts';

/** Nothing was sent, and a second try would change nothing: the number, the settings, a quota or a spend limit. */
const refusals = new Set([
  'AccessDeniedException', 'ConflictException', 'ResourceNotFoundException', 'ServiceQuotaExceededException', 'ThrottlingException', 'ValidationException',
]);

/** What the service takes: five seconds to three days. */
const timeToLive = (seconds: number): number => Math.min(Math.max(Math.ceil(seconds), 5), 259_200);

/** One of a fixed list of the service's, such as DESTINATION_PHONE_NUMBER_OPTED_OUT; never its message, which may quote the number. */
function reasonOf(error: Error): string {
  const reason = 'Reason' in error && typeof error.Reason === 'string' ? error.Reason : '';
  return /^[A-Z_]{1,80}$/.test(reason) ? reason : error.name;
}

export function endUserMessagingCarrier(settings: EndUserMessagingSettings): SmsCarrier {
  const { origination, configurationSet, protectConfigurationId, mostPerText } = settings;
  // One try: whether a first that was not answered went out is not known.
  const client = new PinpointSMSVoiceV2Client({ maxAttempts: 1, requestHandler: { connectionTimeout: 1000, requestTimeout: 5000 } });
  const fixed = {
    OriginationIdentity: origination,
    MessageType: 'TRANSACTIONAL',
    MaxPrice: mostPerText,
    MessageFeedbackEnabled: true,
    ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
    ...(protectConfigurationId === undefined ? {} : { ProtectConfigurationId: protectConfigurationId }),
  } as const;
  return {
    send: async ({ to, text, lifeSeconds, record }) => {
      try {
        const { MessageId } = await client.send(
          new SendTextMessageCommand({
            ...fixed,
            DestinationPhoneNumber: to,
            MessageBody: text,
            TimeToLive: timeToLive(lifeSeconds),
            Context: { record: record.partition, send: String(record.send) },
          }),
        );
        if (!MessageId) throw new Error('AWS End User Messaging answered without a message id');
        return { outcome: 'accepted', messageId: MessageId };
      } catch (error) {
        if (error instanceof Error && refusals.has(error.name)) return { outcome: 'refused', reason: reasonOf(error) };
        throw error;
      }
    },
    reportUse: async (MessageId) => {
      await client.send(new PutMessageFeedbackCommand({ MessageId, MessageFeedbackStatus: 'RECEIVED' }));
    },
  };
}
