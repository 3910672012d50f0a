import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { lines, mailTopic, options, outbox, timers, told, useAws } from './aws-world.ts';

useAws();

describe('SNS', () => {
  const sns = () => new SNSClient(options);

  it('delivers a text to the outbox, in any alphabet', async () => {
    const MessageAttributes = { 'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: 'ACME' } };
    const { MessageId } = await sns().send(new PublishCommand({ PhoneNumber: '+12025550111', Message: 'Ümläut & <Zeichen>', MessageAttributes }));

    expect(outbox.list('+12025550111')).toMatchObject([{ messageId: MessageId, channel: 'sms', from: 'ACME', text: 'Ümläut & <Zeichen>' }]);
  });

  it('refuses what is no number, and is out of order when it should be', async () => {
    await expect(sns().send(new PublishCommand({ PhoneNumber: '12', Message: 'x' }))).rejects.toMatchObject({
      name: expect.stringMatching(/^InvalidParameter/),
    });
    outbox.setFault('sms', { outageSeconds: 60 });

    await expect(sns().send(new PublishCommand({ PhoneNumber: '+12025550112', Message: 'x' }))).rejects.toMatchObject({
      name: expect.stringMatching(/^InternalError/),
      $metadata: { httpStatusCode: 500 },
    });
    outbox.setFault('sms', { outageSeconds: 0 });
  });

  it('publishes to a topic, and knows which there are', async () => {
    const TopicArn = 'arn:aws:sns:us-east-1:111122223333:alarms';
    await sns().send(new PublishCommand({ TopicArn, Subject: 'Alarm', Message: 'x' }));

    expect(told).toContainEqual([TopicArn, 'x']);
    expect(lines).toContain(`SNS ${TopicArn}: Alarm`);
    await expect(sns().send(new PublishCommand({ TopicArn: 'arn:topic', Message: 'x' }))).rejects.toMatchObject({ name: expect.stringMatching(/^NotFound/) });
  });
});

describe('SES', () => {
  it('delivers a mail to each recipient', async () => {
    const Message = { Subject: { Data: 'Hello & welcome' }, Body: { Text: { Data: 'text' }, Html: { Data: '<b>html</b>' } } };
    const Destination = { ToAddresses: ['a@example.com'], CcAddresses: ['b@example.com'] };
    const { MessageId } = await new SESClient(options).send(new SendEmailCommand({ Source: 'no-reply@countersign.example', Destination, Message }));

    expect(outbox.list('a@example.com')).toMatchObject([
      { messageId: MessageId, channel: 'email', subject: 'Hello & welcome', text: 'text', html: '<b>html</b>' },
    ]);
    expect(outbox.list('b@example.com')).toHaveLength(1);
  });

  const mail = (to: string, Tags = [{ Name: 'user', Value: 'user-key_1' }]) =>
    new SESClient(options).send(
      new SendEmailCommand({
        Source: '"Acme" <no-reply@countersign.example>',
        Destination: { ToAddresses: [to] },
        Message: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } },
        Tags,
      }),
    );
  const events = () => told.filter(([topic]) => topic === mailTopic).map(([, message]) => JSON.parse(message ?? '') as Record<string, unknown>);
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

  it('tells the topic of a bounce, with the tags of the mail, and delivers nothing', async () => {
    outbox.setFault('email', { bounce: 'gone@example.com' });
    const { MessageId } = await mail('gone@example.com');
    await mail('here@example.com');
    await settled();

    expect(outbox.list('gone@example.com')).toEqual([]);
    expect(outbox.list('here@example.com')).toHaveLength(1);
    expect(events()).toMatchObject([
      {
        eventType: 'Bounce',
        bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'gone@example.com' }] },
        mail: { messageId: MessageId, destination: ['gone@example.com'], tags: { user: ['user-key_1'] } },
      },
    ]);
    outbox.setFault('email', { bounce: false });
  });

  it('tells of a complaint about a mail that was delivered, late and twice when it should', async () => {
    outbox.setFault('email', { complaint: 'cross@example.com', duplicate: true, delaySeconds: 60 });
    await mail('cross@example.com');
    await settled();
    const before = events().length;
    timers.at(-1)?.fire();

    expect(timers.at(-1)?.milliseconds).toBe(60_000);
    expect(events().slice(before)).toMatchObject([{ eventType: 'Complaint' }, { eventType: 'Complaint' }]);
    expect(events().at(-1)).toMatchObject({ complaint: { complainedRecipients: [{ emailAddress: 'cross@example.com' }] } });
    outbox.setFault('email', { complaint: false, duplicate: false, delaySeconds: 0 });
  });

  it('refuses a tag that SES would refuse', async () => {
    await expect(mail('a@example.com', [{ Name: 'user', Value: 'not/this' }])).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('refuses a mail to nobody', async () => {
    const Message = { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } };

    await expect(new SESClient(options).send(new SendEmailCommand({ Source: 'a@example.com', Destination: {}, Message }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});
