/**
 * What an operation's calls consume, twice: as the engine reports it, and computed from the items before and after by
 * DynamoDB's rules. Writes in a transaction cost double on the table and single on the index.
 */
import type { BatchGetItemCommandInput, TransactWriteItemsCommandInput, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../../shared/platform/dynamo/attributes.ts';
import { readUnits, writeUnits } from './item-size.ts';
import type { RecordedCall } from './record-calls.ts';

export interface Units {
  readonly reads: number;
  readonly writes: number;
}

/** Items by their keys. */
export type Image = ReadonlyMap<string, Attributes>;

const nameOf = (key: Attributes): string => `${key['pk']?.S ?? ''}\n${key['sk']?.S ?? ''}`;

export const toImage = (items: readonly Attributes[]): Image => new Map(items.map((item) => [nameOf(item), item]));

const inIndex = (item: Attributes | undefined): boolean => item?.['auditPk'] !== undefined;

/** An entry of the index costs what an item of its size does: new, changed, or gone. */
function oneWrite(name: string, before: Image, after: Image, factor: 1 | 2): number {
  const [old, now] = [before.get(name), after.get(name)];
  return factor * writeUnits(old, now) + (inIndex(old) || inIndex(now) ? writeUnits(old, now) : 0);
}

function computeOne({ operation, input }: RecordedCall, before: Image, after: Image): Units {
  if (operation === 'BatchGetItem') {
    const keys = Object.values((input as unknown as BatchGetItemCommandInput).RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys);
    return { reads: keys.reduce((sum, key) => sum + readUnits(before.get(nameOf(key))), 0), writes: 0 };
  }
  if (operation === 'UpdateItem') {
    return { reads: 0, writes: oneWrite(nameOf((input as unknown as UpdateItemCommandInput).Key ?? {}), before, after, 1) };
  }
  const writes = (input as unknown as TransactWriteItemsCommandInput).TransactItems ?? [];
  const names = writes.map(({ Put, Update, Delete, ConditionCheck }) => nameOf(Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key ?? {}));
  return { reads: 0, writes: names.reduce((sum, name) => sum + oneWrite(name, before, after, 2), 0) };
}

const add = (units: readonly Units[]): Units =>
  units.reduce((sum, { reads, writes }) => ({ reads: sum.reads + reads, writes: sum.writes + writes }), { reads: 0, writes: 0 });

export function computedUnits(calls: readonly RecordedCall[], before: Image, after: Image): Units {
  return add(calls.filter(({ service }) => service === 'DynamoDB').map((call) => computeOne(call, before, after)));
}

export function reportedUnits(calls: readonly RecordedCall[]): Units {
  return add(
    calls.map(({ operation, consumed }) => {
      const units = consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
      return operation === 'BatchGetItem' || operation === 'Query' ? { reads: units, writes: 0 } : { reads: 0, writes: units };
    }),
  );
}
