import { CreatePlatformEndpointCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { options, outbox, useAws } from './aws-world.ts';

useAws();

const application = 'arn:aws:sns:us-east-1:000000000000:app/GCM/countersign-local';

describe('mobile push', () => {
  const sns = () => new SNSClient(options);

  it('shows what a device would, by the device', async () => {
    const { EndpointArn } = await sns().send(new CreatePlatformEndpointCommand({ PlatformApplicationArn: application, Token: 'device-1' }));
    const Message = JSON.stringify({ default: 'Acme: Is that you?', GCM: '{}' });

    await sns().send(new PublishCommand({ TargetArn: EndpointArn, MessageStructure: 'json', Message }));

    expect(outbox.list('device-1')).toMatchObject([{ channel: 'push', text: 'Acme: Is that you?' }]);
  });

  it('refuses what SNS would refuse', async () => {
    await expect(sns().send(new CreatePlatformEndpointCommand({ PlatformApplicationArn: 'arn:nothing', Token: 'x' }))).rejects.toMatchObject({ name: expect.stringMatching(/^InvalidParameter/) as string });
    const { EndpointArn } = await sns().send(new CreatePlatformEndpointCommand({ PlatformApplicationArn: application, Token: 'device-2' }));
    await expect(sns().send(new PublishCommand({ TargetArn: EndpointArn, MessageStructure: 'json', Message: '{}' }))).rejects.toMatchObject({ name: expect.stringMatching(/^InvalidParameter/) as string });
  });
});
