/** The port to telephony, and Amazon Connect behind it. A refusal that retrying cannot mend is an outcome, not an error. */
import { ConnectClient, StartOutboundVoiceContactCommand } from '@aws-sdk/client-connect';
import type { CallPrompts } from './call-prompts.ts';
import type { Language } from './words/words.ts';

export interface OutgoingCall {
  /** The same token never rings twice (ClientToken). */
  readonly token: string;
  readonly to: string;
  /** `key`: one key is pressed; `entry`: digits, then #. */
  readonly flow: 'key' | 'entry';
  readonly challengeId: string;
  readonly leg: number;
  /** The flow chooses the voice by it: a voice of another language would be hard to understand. */
  readonly language: Language;
  readonly prompts: CallPrompts;
}

export type PlacedCall =
  | { readonly outcome: 'placed'; readonly contactId: string }
  | { readonly outcome: 'refused'; readonly reason: string };

/** The carrier does not answer, or not now: the same call may be asked for again, under the same token. */
export class CarrierUnavailable extends Error {
  override readonly name = 'CarrierUnavailable';
}

export interface CallCarrier {
  call(call: OutgoingCall): Promise<PlacedCall>;
}

export interface ConnectSettings {
  readonly instanceArn: string;
  readonly flows: { readonly key: string; readonly entry: string };
  readonly callerNumber: string;
}

/** Nothing that a second try would change: the number, the instance's settings, or how much it may do at once. */
const permanent = new Set([
  'DestinationNotAllowedException',
  'OutboundContactNotPermittedException',
  'InvalidParameterException',
  'InvalidRequestException',
  'ResourceNotFoundException',
  'LimitExceededException',
]);

const lastPart = (arn: string): string => arn.split('/').at(-1) ?? arn;

export function connectCarrier({ instanceArn, flows, callerNumber }: ConnectSettings): CallCarrier {
  const client = new ConnectClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1000, requestTimeout: 4000 } });
  return {
    call: async ({ token, to, flow, challengeId, leg, language, prompts }) => {
      try {
        const answer = await client.send(
          new StartOutboundVoiceContactCommand({
            InstanceId: lastPart(instanceArn),
            ContactFlowId: lastPart(flows[flow]),
            DestinationPhoneNumber: to,
            SourcePhoneNumber: callerNumber,
            ClientToken: token,
            Attributes: { challengeId, leg: String(leg), language, ...prompts },
          }),
        );
        if (!answer.ContactId) throw new CarrierUnavailable('Amazon Connect answered without a contact id.');
        return { outcome: 'placed', contactId: answer.ContactId };
      } catch (error) {
        if (error instanceof Error && permanent.has(error.name)) return { outcome: 'refused', reason: error.name };
        if (error instanceof CarrierUnavailable) throw error;
        throw new CarrierUnavailable('The call could not be placed now.', { cause: error });
      }
    },
  };
}
