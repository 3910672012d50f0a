import { describe, expect, it } from 'vitest';

import { pinIs4711, setup } from './called.ts';
import { askEntry, bye, compare, flowOf, invoke, say } from './flows.ts';

describe('a flow that asks for one key', () => {
  it('takes the key, asks the function and says the outcome', async () => {
    const { connect, clock, answered, call, reason, invoked } = setup();
    const id = await answered('key');

    await connect.keys(id, '#');

    expect(invoked[0]?.Details.Parameters).toEqual({ challengeId: 'chl_1', event: 'key', key: '#', try: '1' });
    expect(call(id).heard).toEqual(['Acme & Company. To sign in, press pound.', 'Thank you. Goodbye.']);
    expect(call(id)).toMatchObject({ state: 'answered', language: 'en-GB' });
    await clock.pass(5);
    expect(reason(id)).toBe('CONTACT_FLOW_DISCONNECT');
  });

  it('asks again after a wrong key and after silence, and then gives up', async () => {
    const { connect, clock, answered, call, invoked } = setup();
    const id = await answered('key');

    await connect.keys(id, '5');
    await clock.pass(60);

    expect(call(id).heard.slice(1)).toEqual([call(id).heard[0], 'Goodbye.']);
    expect(call(id).state).toBe('ended');
    expect(invoked).toEqual([]);
  });

  it('lets a second key answer the question that the first one led to', async () => {
    const { connect, answered, invoked } = setup();
    const id = await answered('key');

    await connect.keys(id, '59');

    expect(invoked[0]?.Details.Parameters).toMatchObject({ key: '9' });
  });
});

describe('a flow that asks for an entry', () => {
  it('counts keys that are typed while the prompt plays', async () => {
    const { connect, answered, entries, call } = setup(pinIs4711);
    const id = await answered();

    const shown = await connect.keys(id, '4711#');

    expect(entries()).toEqual(['4711']);
    expect(shown).toEqual(call(id));
    expect(shown.heard.at(-1)).toBe('Thank you. Goodbye.');
  });

  it('waits for the first key until the prompt has ended, and for the next ones five seconds', async () => {
    const { connect, clock, answered, entries } = setup(pinIs4711);
    const id = await answered();

    await clock.pass(12);
    await connect.keys(id, '4');
    await clock.pass(4.9);
    await connect.keys(id, '7');
    await clock.pass(4.9);
    expect(entries()).toEqual([]);
    await clock.pass(0.1);

    expect(entries()).toEqual(['47']);
  });

  it('takes silence for the entry "Timeout", on the path of success', async () => {
    const { clock, answered, entries, call } = setup(pinIs4711);
    const id = await answered();

    await clock.pass(13);

    expect(entries()).toEqual(['Timeout']);
    expect(call(id).heard.at(-1)).toBe('That was not right. Try again.');
  });

  it('starts anew after a star', async () => {
    const { connect, answered, entries } = setup(pinIs4711);
    const id = await answered();

    await connect.keys(id, '99*4711#');

    expect(entries()).toEqual(['4711']);
  });

  it('keeps a star where the cancel key is disabled', async () => {
    const flow = flowOf(
      askEntry('ask1', 'check', { DisableCancelKey: 'True' }),
      invoke('check', 'result', { entry: '$.StoredCustomerInput' }),
      compare('result', { approved: 'sayDenied' }),
      say('sayDenied', 'p_denied'),
      bye,
    );
    const { connect, answered, entries } = setup(pinIs4711, { starred: flow });
    const id = await answered('starred');

    await connect.keys(id, '9*4#');

    expect(entries()).toEqual(['9*4']);
  });

  it('is complete at its greatest length, and loses what is typed while the function decides', async () => {
    const { connect, answered, entries } = setup(pinIs4711);
    const id = await answered();

    await connect.keys(id, '12345678#4711#');

    expect(entries()).toEqual(['12345678']);
  });

  it('gives an empty entry for the terminator alone', async () => {
    const { connect, answered, entries } = setup(pinIs4711);
    const id = await answered();

    await connect.keys(id, '#');

    expect(entries()).toEqual(['']);
  });

  it('plays the whole call when the clock jumps an hour', async () => {
    const { clock, answered, entries, call, connect } = setup(pinIs4711);
    const id = await answered();

    await clock.jump(3600);

    expect(entries()).toEqual(['Timeout', 'Timeout']);
    expect(call(id)).toMatchObject({ state: 'ended' });
    const { DisconnectTimestamp = 0, InitiationTimestamp } = connect.describeContact(id);
    expect(DisconnectTimestamp - InitiationTimestamp).toBeLessThan(30);
  });
});
