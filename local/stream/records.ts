/** Stream records in the form that Lambda hands to a function. */
import type { AttributeValue, _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';

export interface LambdaStreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventVersion: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly userIdentity?: unknown;
  readonly dynamodb: Readonly<Record<string, unknown>> & { readonly SequenceNumber: string };
}

/** Sets what the local engines leave out or name otherwise. */
export function lambdaRecord(record: StreamRecord, sourceArn: string): LambdaStreamRecord {
  const { Keys, NewImage, OldImage, SequenceNumber = '', SizeBytes, StreamViewType, ...rest } = record.dynamodb ?? {};
  const created = rest.ApproximateCreationDateTime ?? new Date();
  return {
    eventID: record.eventID ?? SequenceNumber,
    // DynamoDB Local has its own word for what time-to-live removes.
    eventName: ['INSERT', 'MODIFY', 'REMOVE'].includes(record.eventName ?? '') ? String(record.eventName) : 'REMOVE',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: sourceArn.split(':')[3] ?? '',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(created.getTime() / 1000),
      Keys: jsonItem(Keys),
      ...(NewImage === undefined ? {} : { NewImage: jsonItem(NewImage) }),
      ...(OldImage === undefined ? {} : { OldImage: jsonItem(OldImage) }),
      SequenceNumber,
      SizeBytes: SizeBytes ?? 0,
      StreamViewType: StreamViewType ?? 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: sourceArn,
    ...(record.userIdentity === undefined ? {} : { userIdentity: record.userIdentity }),
  };
}

function jsonItem(item: Record<string, AttributeValue> | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item ?? {}).map(([name, value]) => [name, jsonValue(value)]));
}

/** Bytes become base 64, at any depth; all else is JSON already. */
function jsonValue(value: AttributeValue): Record<string, unknown> {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.L !== undefined) return { L: value.L.map(jsonValue) };
  if (value.M !== undefined) return { M: jsonItem(value.M) };
  return { ...value };
}
