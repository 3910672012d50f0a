import { PinpointSMSVoiceV2Client, PutMessageFeedbackCommand, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { stages } from '../../../../infra/stages.ts';
import { openSmsCarrier } from '../../../../shared/delivery/texts/open-sms-carrier.ts';
import { canReceiveReplies, replyCountries } from '../../../../shared/delivery/texts/reply-countries.ts';
import { textPrices } from '../../../../shared/spend/text-prices.ts';

const [sns, messaging] = [mockClient(SNSClient), mockClient(PinpointSMSVoiceV2Client)];
beforeEach(() => {
  sns.reset();
  messaging.reset();
});

const text = { to: '+12025550142', text: 'Acme: your code is 492039.', lifeSeconds: 299.4, record: { partition: 'CALL#x', send: 2 } };
const named = (name: string, more = {}): Error => Object.assign(new Error('+12025550142 is not valid'), { name, ...more });
const origination = 'arn:aws:sms-voice:us-east-1:111122223333:pool/pool-1';

describe('texts by Amazon SNS', () => {
  const carrier = openSmsCarrier({ carrier: 'sns', originationNumber: '+12025550100', senderId: 'ACME', mostPerText: '0.10' });

  it('go out once, as transactional, at no more than the stage allows', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'message-1' });

    expect(await carrier.send(text)).toEqual({ outcome: 'accepted', messageId: 'message-1' });

    expect(sns.call(0).args[0].input).toEqual({
      PhoneNumber: '+12025550142',
      Message: 'Acme: your code is 492039.',
      MessageAttributes: {
        'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
        'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: '0.10' },
        'AWS.MM.SMS.OriginationNumber': { DataType: 'String', StringValue: '+12025550100' },
        'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: 'ACME' },
      },
    });
  });

  it.each([
    ['InvalidParameterException', 'InvalidParameter'],
    ['InvalidParameter', 'InvalidParameter'],
    ['OptedOutException', 'OptedOut'],
    ['AuthorizationErrorException', 'AuthorizationError'],
    ['ThrottledException', 'Throttled'],
    ['ValidationException', 'ValidationException'],
  ])('are refused for good by %s, in one word of ours', async (name, reason) => {
    sns.on(PublishCommand).rejects(named(name));

    expect(await carrier.send(text)).toEqual({ outcome: 'refused', reason });
  });

  it.each(['InternalErrorException', 'TimeoutError', 'ECONNRESET'])('are in doubt after %s, and not sent again (X4)', async (name) => {
    sns.on(PublishCommand).rejects(named(name));

    await expect(carrier.send(text)).rejects.toMatchObject({ name });
    expect(sns.calls()).toHaveLength(1);
  });

  it('are not taken for sent without an id', async () => {
    sns.on(PublishCommand).resolves({});

    await expect(carrier.send(text)).rejects.toThrow('without a message id');
  });

  it('cannot be reported on', () => {
    expect(carrier.reportUse).toBeUndefined();
  });
});

describe('texts by AWS End User Messaging', () => {
  const carrier = openSmsCarrier({
    carrier: 'end-user-messaging', origination, configurationSet: 'set', protectConfigurationId: 'protect-1', mostPerText: '0.10', repliesFrom: ['US'],
  });

  it('live no longer than their code, within the protect configuration, with feedback on (D2)', async () => {
    messaging.on(SendTextMessageCommand).resolves({ MessageId: 'message-1' });

    expect(await carrier.send(text)).toEqual({ outcome: 'accepted', messageId: 'message-1' });

    expect(messaging.call(0).args[0].input).toEqual({
      DestinationPhoneNumber: '+12025550142', MessageBody: 'Acme: your code is 492039.', OriginationIdentity: origination, MessageType: 'TRANSACTIONAL',
      ConfigurationSetName: 'set', ProtectConfigurationId: 'protect-1', MaxPrice: '0.10', TimeToLive: 300, MessageFeedbackEnabled: true,
      Context: { record: 'CALL#x', send: '2' },
    });
  });

  it.each([[-3, 5], [0.2, 5], [60, 60], [1e9, 259_200]])('ask for a life that the service takes (%d s)', async (lifeSeconds, TimeToLive) => {
    messaging.on(SendTextMessageCommand).resolves({ MessageId: 'message-1' });
    await carrier.send({ ...text, lifeSeconds });

    expect(messaging.call(0).args[0].input).toMatchObject({ TimeToLive });
  });

  it.each(['AccessDeniedException', 'ResourceNotFoundException', 'ServiceQuotaExceededException', 'ThrottlingException', 'ValidationException'])(
    'are refused for good by %s', async (name) => {
      messaging.on(SendTextMessageCommand).rejects(named(name));

      expect(await carrier.send(text)).toEqual({ outcome: 'refused', reason: name });
    },
  );

  it('say why in the words of the service, and never in a sentence that quotes the number', async () => {
    messaging.on(SendTextMessageCommand).rejectsOnce(named('ConflictException', { Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' })).rejectsOnce(named('ValidationException', { Reason: 'bad: +12025550142' }));

    expect(await carrier.send(text)).toEqual({ outcome: 'refused', reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' });
    expect(await carrier.send(text)).toEqual({ outcome: 'refused', reason: 'ValidationException' });
  });

  it.each(['InternalServerException', 'TimeoutError'])('are in doubt after %s, and not sent again (X4)', async (name) => {
    messaging.on(SendTextMessageCommand).rejects(named(name));

    await expect(carrier.send(text)).rejects.toMatchObject({ name });
    expect(messaging.calls()).toHaveLength(1);
  });

  it('are reported on when their code was right', async () => {
    messaging.on(PutMessageFeedbackCommand).resolves({});

    await carrier.reportUse?.('message-1');

    expect(messaging.call(0).args[0].input).toEqual({ MessageId: 'message-1', MessageFeedbackStatus: 'RECEIVED' });
  });
});

describe('what is known of countries', () => {
  it('lets replies come only from where the stage has a number and the country has replies', () => {
    expect(canReceiveReplies('US', ['US', 'CA'])).toBe(true);
    expect(canReceiveReplies('GB', ['US', 'CA'])).toBe(false);
    expect(canReceiveReplies('CH', ['CH'])).toBe(false);
  });

  it.each(['CH', 'TR', 'VN', 'AR', 'AE'])('has no replies in %s', (country) => {
    expect(replyCountries.has(country)).toBe(false);
  });

  it('knows every country in which a stage wants replies', () => {
    const wanted = stages.flatMap(({ texting }) => (texting?.carrier === 'end-user-messaging' ? texting.repliesFrom : []));

    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.filter((country) => !replyCountries.has(country))).toEqual([]);
  });

  it('says of every price when it was looked up and whether it is more than hearsay', () => {
    for (const { dollars, asOf, isSourced } of Object.values(textPrices)) {
      expect(dollars).toBeGreaterThan(0);
      expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(typeof isSourced).toBe('boolean');
    }
  });
});
