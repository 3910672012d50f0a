import { describe, expect, it } from 'vitest';

import { caller, instanceArn, person, request, setup } from './called.ts';

describe('the function in a flow', () => {
  it('gets the event of Amazon Connect', async () => {
    const { connect, answered, invoked } = setup();
    const id = await answered();

    await connect.keys(id, '4711#');

    const { Attributes, ...contact } = invoked[0]?.Details.ContactData ?? {};
    expect(invoked[0]?.Name).toBe('ContactFlowEvent');
    expect(Attributes).toEqual(request()['Attributes']);
    expect(contact).toEqual({
      Channel: 'VOICE',
      ContactId: id,
      CustomerEndpoint: { Address: person, Type: 'TELEPHONE_NUMBER' },
      CustomerId: null,
      Description: null,
      InitialContactId: id,
      InitiationMethod: 'API',
      InstanceARN: instanceArn,
      LanguageCode: 'en-GB',
      MediaStreams: { Customer: { Audio: null } },
      Name: null,
      PreviousContactId: id,
      Queue: null,
      References: {},
      SystemEndpoint: { Address: caller, Type: 'TELEPHONE_NUMBER' },
    });
  });

  it('is tried again after an error, with the same event', async () => {
    let attempts = 0;
    const { connect, answered, call, invoked } = setup(() => {
      attempts += 1;
      if (attempts < 3) throw new Error('throttled');
      return { outcome: 'approved' };
    });
    const id = await answered();

    await connect.keys(id, '4711#');

    expect(invoked).toHaveLength(3);
    expect(new Set(invoked.map((event) => JSON.stringify(event))).size).toBe(1);
    expect(call(id).heard.at(-1)).toBe('Thank you. Goodbye.');
  });

  it('leads to the error branch after three retries', async () => {
    const { connect, answered, call, invoked } = setup(() => {
      throw new Error('broken');
    });
    const id = await answered();

    await connect.keys(id, '4711#');

    expect(invoked).toHaveLength(4);
    expect(call(id).heard.at(-1)).toBe('You are not signed in.');
  });

  it('leads to the error branch after eight seconds without an answer', async () => {
    const { connect, clock, answered, call } = setup(() => new Promise(() => {}));
    const id = await answered();

    const pressed = connect.keys(id, '4711#');
    await clock.pass(7.9);
    expect(call(id).heard).toHaveLength(1);
    await clock.pass(0.1);
    await pressed;

    expect(call(id).heard.at(-1)).toBe('You are not signed in.');
  });

  it.each([
    ['a number in the map', { outcome: 'approved', left: 4 }],
    ['a nested map', { outcome: 'approved', more: {} }],
    ['a list', ['approved']],
    ['nothing', null],
    ['more than 32 KB', { outcome: 'approved', more: 'x'.repeat(33_000) }],
  ])('leads to the error branch when it answers with %s, without a retry', async (_what, answer) => {
    const { connect, answered, call, invoked } = setup(() => answer);
    const id = await answered();

    await connect.keys(id, '4711#');

    expect(invoked).toHaveLength(1);
    expect(call(id).heard.at(-1)).toBe('You are not signed in.');
  });

  it('is not heard any more after the person has hung up', async () => {
    let decide = (_answer: unknown) => {};
    const { connect, clock, answered, call } = setup(() => new Promise((resolve) => (decide = resolve)));
    const id = await answered();
    void connect.keys(id, '4711#');
    await clock.pass(0);

    const ended = await connect.hangUp(id);
    decide({ outcome: 'approved' });
    await clock.pass(60);

    expect(ended.state).toBe('ended');
    expect(call(id).heard).toHaveLength(1);
  });
});
