/** Mails about one event: claimed before they go out, so that the stream may bring the event as often as it likes. */
import { minute } from '../platform/clock.ts';
import { toAttributes } from '../platform/dynamo/attributes.ts';
import type { Table } from '../platform/dynamo/table.ts';
import type { EmailCarrier, Mail } from './email-carrier.ts';

/** So that nobody can bomb a mailbox with our own notices (A109). */
export const quietFor = 15 * minute;

/** Where it is written that they were told: of this event, or of this quarter of an hour. */
export interface Mark {
  readonly pk: string;
  readonly sk: string;
}

export interface Telling {
  readonly mark: Mark;
  readonly event: { readonly event: string; readonly at: number };
}

/** Claims the mark for the event. A try that died before its mail went out may be made again; no other event's. */
async function claim(table: Table, { mark, event: { event, at } }: Telling): Promise<boolean> {
  const item = { ...mark, event, expiresAt: Math.floor((at + 2 * quietFor) / 1000) };
  const write = {
    TableName: table.name,
    Item: toAttributes(item),
    ConditionExpression: 'attribute_not_exists(pk) OR (#event = :event AND attribute_not_exists(sent))',
    ExpressionAttributeNames: { '#event': 'event' },
    ExpressionAttributeValues: { ':event': { S: event } },
  };
  return (await table.transact([{ Put: write }])).done;
}

export type Told = 'sent' | 'refused' | 'told-already';

/** `refused` when the carrier took none of them: another try would be refused as well. */
export async function tellOnce(
  { table, email }: { readonly table: Table; readonly email: EmailCarrier },
  telling: Telling,
  mails: readonly Mail[],
): Promise<Told> {
  if (!(await claim(table, telling))) return 'told-already';
  const outcomes: string[] = [];
  for (const mail of mails) outcomes.push((await email.send(mail)).outcome);
  await table.update({
    Key: toAttributes({ ...telling.mark }),
    UpdateExpression: 'SET sent = :true',
    ExpressionAttributeValues: { ':true': { BOOL: true } },
  });
  return outcomes.includes('sent') ? 'sent' : 'refused';
}
