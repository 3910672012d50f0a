/** AWS End User Messaging's two operations that the product calls, with the refusals that it must know. */
import { ServiceError } from './service-error.ts';
import type { Operation } from './endpoint.ts';
import type { TextNumbers } from '../texts/numbers.ts';

type Input = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function refuse(name: string, reason: string, message: string): never {
  throw new ServiceError(name, message, 400, { Reason: reason });
}

export function createEndUserMessaging(numbers: TextNumbers): Readonly<Record<string, Operation<Input>>> {
  return {
    SendTextMessage(input) {
      const { DestinationPhoneNumber, OriginationIdentity, MessageBody, TimeToLive, ConfigurationSetName, Context } = input;
      const to = textOf(DestinationPhoneNumber);
      const text = textOf(MessageBody);
      const origination = textOf(OriginationIdentity);
      const timeToLive = typeof TimeToLive === 'number' ? TimeToLive : 259_200;
      if (origination === '') refuse('ValidationException', 'MISSING_PARAMETER', 'OriginationIdentity is missing.');
      if (timeToLive < 5 || timeToLive > 259_200) refuse('ValidationException', 'FIELD_VALIDATION_FAILED', 'TimeToLive must be 5 to 259200.');
      if (numbers.isOptedOut(to)) refuse('ConflictException', 'DESTINATION_PHONE_NUMBER_OPTED_OUT', 'The destination phone number has opted out.');
      const within = typeof ConfigurationSetName === 'string' ? { configurationSet: ConfigurationSetName } : {};
      return { MessageId: numbers.send({ to, origination, text, timeToLive, ...within, context: Context }) };
    },
    PutMessageFeedback({ MessageId, MessageFeedbackStatus }) {
      const messageId = textOf(MessageId);
      const status = textOf(MessageFeedbackStatus);
      if (!['RECEIVED', 'FAILED'].includes(status)) refuse('ValidationException', 'FIELD_VALIDATION_FAILED', 'MessageFeedbackStatus must be RECEIVED or FAILED.');
      if (!numbers.report(messageId, status)) throw new ServiceError('ResourceNotFoundException', 'There is no such message.', 400, { ResourceType: 'message', ResourceId: messageId });
      return { MessageId: messageId, MessageFeedbackStatus: status };
    },
  };
}
