/** Reads a StartOutboundVoiceContact request as strictly as the service does, and a little more. */
import { z } from 'zod';

import { ConnectError } from './connect-error.ts';
import { checkDestination, isE164 } from './destinations.ts';

const maximumAttributeBytes = 32_768;

const request = z.strictObject({
  InstanceId: z.string().min(1).max(100),
  ContactFlowId: z.string().min(1).max(500),
  DestinationPhoneNumber: z.string(),
  SourcePhoneNumber: z.string().refine(isE164, { error: 'must be an E.164 number' }),
  ClientToken: z.string().min(1).max(500).optional(),
  Attributes: z.record(z.string().regex(/^[A-Za-z0-9_-]+$/), z.string()).optional(),
  TrafficType: z.enum(['GENERAL', 'CAMPAIGN']).optional(),
  /** Checked and then not heeded: it has effect for campaigns only, so a call rings for its 60 seconds. */
  RingTimeoutInSeconds: z.number().int().min(15).max(60).optional(),
});
export type ContactRequest = z.infer<typeof request>;

function attributeBytes(attributes: Readonly<Record<string, string>>): number {
  return Object.entries(attributes).reduce((sum, [key, value]) => sum + Buffer.byteLength(key + value), 0);
}

function isThis(id: string, arn: string): boolean {
  return id === arn || id === arn.slice(arn.lastIndexOf('/') + 1);
}

/** Throws the error the service would answer with. */
export function readContactRequest(body: unknown, instanceArn: string): ContactRequest {
  const read = request.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ConnectError('InvalidParameterException', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const call = read.data;
  if (!isThis(call.InstanceId, instanceArn)) {
    throw new ConnectError('ResourceNotFoundException', 'There is no such instance.');
  }
  if (attributeBytes(call.Attributes ?? {}) > maximumAttributeBytes) {
    throw new ConnectError('InvalidParameterException', `Attributes are limited to ${maximumAttributeBytes} bytes.`);
  }
  if (call.TrafficType === 'CAMPAIGN') {
    throw new ConnectError('LimitExceededException', 'Concurrent campaign calls are limited to 0.');
  }
  checkDestination(call.DestinationPhoneNumber);
  return call;
}
