import { PinpointSMSVoiceV2Client, PutMessageFeedbackCommand, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { describe, expect, it } from 'vitest';
import { numbers, options, outbox, repliesTopic, told, useAws } from './aws-world.ts';

useAws();

const OriginationIdentity = 'arn:aws:sms-voice:us-east-1:111122223333:phone-number/12025550199';
const client = () => new PinpointSMSVoiceV2Client(options);
const send = (to: string, MessageBody: string, TimeToLive = 300) =>
  client().send(new SendTextMessageCommand({ DestinationPhoneNumber: to, MessageBody, OriginationIdentity, TimeToLive, MessageFeedbackEnabled: true }));
const inbound = () => told.filter(([topic]) => topic === repliesTopic).map(([, message]) => JSON.parse(message ?? '') as Record<string, string>);

describe('AWS End User Messaging', () => {
  it('delivers a text to the outbox, from its number', async () => {
    const { MessageId } = await send('+12025550121', 'Ümläut');

    expect(outbox.list('+12025550121')).toMatchObject([{ messageId: MessageId, channel: 'sms', from: '+12025550199', text: 'Ümläut' }]);
  });

  it('takes word of what a text did, for texts that there were', async () => {
    const { MessageId = '' } = await send('+12025550122', 'x');
    await client().send(new PutMessageFeedbackCommand({ MessageId, MessageFeedbackStatus: 'RECEIVED' }));

    expect(numbers.reports().get(MessageId)).toBe('RECEIVED');
    await expect(client().send(new PutMessageFeedbackCommand({ MessageId: 'none', MessageFeedbackStatus: 'FAILED' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('publishes a reply to the topic that its policy opened, naming the text before it', async () => {
    const { MessageId = '' } = await send('+12025550123', 'reply?');
    outbox.reply(MessageId, { text: 'yes  482913' });

    expect(inbound().at(-1)).toMatchObject({
      originationNumber: '+12025550123', destinationNumber: '+12025550199', messageKeyword: 'YES', messageBody: 'yes  482913', previousPublishedMessageId: MessageId,
    });
  });

  it('publishes it twice, under one id, when texts are delivered twice', async () => {
    const { MessageId = '' } = await send('+12025550124', 'reply?');
    outbox.setFault('sms', { duplicate: true });
    outbox.reply(MessageId, { text: '1' });
    outbox.setFault('sms', { duplicate: false });
    const [one, other] = inbound().filter(({ originationNumber }) => originationNumber === '+12025550124');

    expect(one).toEqual(other);
    expect(one).toBeDefined();
  });

  it('sends nothing to whoever wrote STOP, until they write START', async () => {
    const { MessageId = '' } = await send('+12025550125', 'x');
    outbox.reply(MessageId, { text: 'stop' });

    await expect(send('+12025550125', 'x')).rejects.toMatchObject({ name: 'ConflictException', Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' });
    outbox.reply(MessageId, { text: 'START' });
    expect((await send('+12025550125', 'x')).MessageId).toEqual(expect.any(String));
  });

  it('drops what would arrive after its life, and refuses a life that it does not know', async () => {
    outbox.setFault('sms', { delaySeconds: 301 });
    await send('+12025550126', 'late', 300);
    outbox.setFault('sms', { delaySeconds: 0 });

    expect(outbox.list('+12025550126')).toEqual([]);
    await expect(send('+12025550126', 'x', 4)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('tells a topic of what does not arrive, with what the sender gave along, by its configuration set', async () => {
    outbox.setFault('sms', { bounce: '+12025550128' });
    const Context = { record: 'CALL#x', send: '1' };
    const text = { DestinationPhoneNumber: '+12025550128', MessageBody: 'x', OriginationIdentity, Context };
    const { MessageId } = await client().send(new SendTextMessageCommand({ ...text, ConfigurationSetName: 'set' }));
    await client().send(new SendTextMessageCommand(text));
    await new Promise((resolve) => setTimeout(resolve, 20));
    outbox.setFault('sms', { bounce: false });

    expect(inbound().filter(({ eventType }) => eventType === 'TEXT_UNREACHABLE')).toMatchObject([{ messageId: MessageId, context: Context }]);
  });

  it('is out of order when it should be', async () => {
    outbox.setFault('sms', { outageSeconds: 60 });

    await expect(send('+12025550127', 'x')).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    outbox.setFault('sms', { outageSeconds: 0 });
  });
});
