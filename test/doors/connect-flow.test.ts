import { describe, expect, it } from 'vitest';
import { handler } from '../../functions/events/connect-flow/handler.ts';
import { readFlowEvent } from '../../functions/events/connect-flow/read-flow-event.ts';
import { recordedEvent } from './recorded-event.ts';

describe('what a contact flow asks', () => {
  it.each([
    ['pound-key', '#'],
    ['fraud-key', '9'],
    ['entry', '{entry}'],
    ['entry-silence', 'Timeout'],
    ['entry-fraud', '9'],
  ])('%s is read as the keys %s', (name, keys) => {
    const question = readFlowEvent(recordedEvent(`connect-flow/${name}`));
    expect(question).toMatchObject({ keys, leg: 1, challengeId: '{challengeId}' });
    expect(question?.contactId).toBe('{contactId}');
  });

  it('is refused when it is not one of our questions, without touching anything', async () => {
    const answer = await (handler as unknown as (event: unknown, context: unknown) => Promise<unknown>)(recordedEvent('connect-flow/not-ours'), { awsRequestId: 'r-1' });
    expect(answer).toEqual({ outcome: 'denied' });
  });

  it.each([
    ['a leg that is no number', (event: any) => (event.Details.Parameters.leg = 'one')], // eslint-disable-line @typescript-eslint/no-explicit-any -- recorded data
    ['an entry of a thousand digits', (event: any) => (event.Details.Parameters.entry = '1'.repeat(1000))], // eslint-disable-line @typescript-eslint/no-explicit-any -- recorded data
    ['no contact', (event: any) => delete event.Details.ContactData.ContactId], // eslint-disable-line @typescript-eslint/no-explicit-any -- recorded data
  ])('is refused with %s', (_name, change) => {
    expect(readFlowEvent(recordedEvent('connect-flow/entry', change))).toBeUndefined();
  });
});
