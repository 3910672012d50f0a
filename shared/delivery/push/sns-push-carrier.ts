/** Mobile push for a native shell: Amazon SNS, which hands it on to Google or Apple. */
import { CreatePlatformEndpointCommand, EndpointDisabledException, NotFoundException, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Push, PushCarrier } from './push-carrier.ts';

export const pushPlatforms = ['fcm', 'apns'] as const;
export type PushPlatform = (typeof pushPlatforms)[number];

/** The platform applications of a stage, by their ARNs. */
export type PushApplications = { readonly [Platform in PushPlatform]?: string };

export interface NativePush extends PushCarrier {
  /** The ARN of the device's endpoint; undefined where the stage has no application for its platform. */
  register(platform: PushPlatform, token: string): Promise<string | undefined>;
}

/** Each platform reads its own member (docs.aws.amazon.com, "Create platform-specific payloads"). */
function messageOf({ organizationName, text, lifeSeconds }: Push): string {
  const notification = { title: organizationName, body: text };
  const message = { notification, android: { priority: 'high', ttl: `${lifeSeconds}s` } };
  return JSON.stringify({
    default: `${organizationName}: ${text}`,
    GCM: JSON.stringify({ fcmV1Message: { message } }),
    APNS: JSON.stringify({ aps: { alert: notification, sound: 'default', 'interruption-level': 'time-sensitive' } }),
  });
}

const timeToLive = (seconds: number) => ({ DataType: 'String', StringValue: String(seconds) });

export function snsPushCarrier(applications: PushApplications, client: SNSClient = makeClient()): NativePush {
  return {
    register: async (platform, token) => {
      const PlatformApplicationArn = applications[platform];
      if (PlatformApplicationArn === undefined) return undefined;
      const { EndpointArn } = await client.send(new CreatePlatformEndpointCommand({ PlatformApplicationArn, Token: token }));
      return EndpointArn;
    },
    wake: async (target, push) => {
      if (target.kind !== 'native') return 'failed';
      try {
        await client.send(
          new PublishCommand({
            TargetArn: target.endpointArn,
            MessageStructure: 'json',
            Message: messageOf(push),
            MessageAttributes: { 'AWS.SNS.MOBILE.APNS.TTL': timeToLive(push.lifeSeconds), 'AWS.SNS.MOBILE.FCM.TTL': timeToLive(push.lifeSeconds) },
          }),
        );
        return 'sent';
      } catch (error) {
        return error instanceof EndpointDisabledException || error instanceof NotFoundException ? 'gone' : 'failed';
      }
    },
  };
}

/** Sent once: one that may have gone out is not sent again. */
const makeClient = (): SNSClient => new SNSClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 1000, requestTimeout: 3000 } });
