import { describe, expect, it } from 'vitest';

import { caller, instanceArn, person, request, setup } from './called.ts';

function refusal(action: () => unknown): { name: string; status: unknown } {
  try {
    action();
  } catch (error) {
    return { name: (error as Error).name, status: (error as { status?: number }).status };
  }
  throw new Error('was not refused');
}

describe('StartOutboundVoiceContact', () => {
  it('answers with the contact while the telephone rings', () => {
    const { connect } = setup();

    const { ContactId } = connect.startOutboundVoiceContact(request());

    expect(connect.calls(person)).toEqual([
      {
        callId: ContactId,
        from: caller,
        to: person,
        state: 'ringing',
        heard: [],
        language: 'en-US',
        startedAt: '2026-11-21T19:00:00.000Z',
      },
    ]);
    expect(connect.calls('+12025550143')).toEqual([]);
  });

  it('rings once for a repeated client token, even after the call has ended', async () => {
    const { connect } = setup();
    const first = connect.startOutboundVoiceContact(request());

    const second = connect.startOutboundVoiceContact(request());
    await connect.busy(first.ContactId);
    const third = connect.startOutboundVoiceContact(request());

    expect([second, third]).toEqual([first, first]);
    expect(connect.calls()).toHaveLength(1);
  });

  it('rings again for the same client token after seven days', async () => {
    const { connect, clock } = setup();
    const first = connect.startOutboundVoiceContact(request());
    await clock.jump(7 * 24 * 3600 + 1);

    const second = connect.startOutboundVoiceContact(request());

    expect(second.ContactId).not.toBe(first.ContactId);
  });

  it('dials twice for a request that is repeated without a client token', () => {
    const { connect } = setup();
    const { ClientToken: _left, ...withoutToken } = request();

    connect.startOutboundVoiceContact(withoutToken);
    connect.startOutboundVoiceContact(withoutToken);

    expect(connect.calls()).toHaveLength(2);
  });

  it.each([
    ['a number with an extension', { DestinationPhoneNumber: `${person};ext=12` }, 'InvalidParameterException', 400],
    ['a national number', { DestinationPhoneNumber: '2025550142' }, 'InvalidParameterException', 400],
    ['Jamaica, which shares a calling code', { DestinationPhoneNumber: '+18765550123' }, 'DestinationNotAllowedException', 403],
    ['a British mobile', { DestinationPhoneNumber: '+447700900123' }, 'DestinationNotAllowedException', 403],
    ['another instance', { InstanceId: 'another' }, 'ResourceNotFoundException', 404],
    ['a flow that does not exist', { ContactFlowId: 'none' }, 'ResourceNotFoundException', 404],
    ['campaign traffic', { TrafficType: 'CAMPAIGN' }, 'LimitExceededException', 429],
    ['no caller', { SourcePhoneNumber: undefined }, 'InvalidParameterException', 400],
    ['an unknown field', { PhoneNumber: person }, 'InvalidParameterException', 400],
    ['an attribute with a dot in its name', { Attributes: { 'a.b': '1' } }, 'InvalidParameterException', 400],
    ['too many attributes', { Attributes: { a: 'x'.repeat(32_768) } }, 'InvalidParameterException', 400],
  ])('refuses %s', (_what, changes, name, status) => {
    const { connect } = setup();

    expect(refusal(() => connect.startOutboundVoiceContact(request(changes)))).toEqual({ name, status });
    expect(connect.calls()).toEqual([]);
  });

  it.each(['+16135550142', '+442079460123'])('dials %s', (number) => {
    const { connect } = setup();

    connect.startOutboundVoiceContact(request({ DestinationPhoneNumber: number }));

    expect(connect.calls(number)).toHaveLength(1);
  });

  it('refuses the eleventh concurrent call, but repeats the tenth', async () => {
    const { connect } = setup();
    const dial = (token: string) => connect.startOutboundVoiceContact(request({ ClientToken: token }));
    const ids = Array.from({ length: 10 }, (_none, index) => dial(String(index)));

    expect(refusal(() => dial('10'))).toMatchObject({ name: 'LimitExceededException' });
    expect(dial('9')).toEqual(ids[9]);
    await connect.busy(ids[0]?.ContactId ?? '');
    expect(dial('10')).toHaveProperty('ContactId');
  });

  it('is out of order for as long as it was told to be', async () => {
    const { connect, clock } = setup();
    connect.setFault({ outageSeconds: 30 });

    expect(refusal(() => connect.startOutboundVoiceContact(request()))).toMatchObject({ status: 500 });
    await clock.pass(30);
    expect(connect.startOutboundVoiceContact(request())).toHaveProperty('ContactId');
  });

  it('refuses a flow that is not sound, and says why', () => {
    const flows = { bad: { Version: '2019-10-30', StartAction: 'a', Actions: [{ Identifier: 'a', Type: 'Wait' }] } };
    const { connect } = setup(undefined, flows);

    expect(() => connect.startOutboundVoiceContact(request({ ContactFlowId: 'bad' }))).toThrow(/a \(Wait\)/);
  });
});

describe('the ring', () => {
  it('stops after 60 seconds whatever shorter time was asked for', async () => {
    const { connect, clock, call, reason } = setup();
    const { ContactId } = connect.startOutboundVoiceContact(request({ RingTimeoutInSeconds: 15 }));
    await connect.ignore(ContactId);

    await clock.pass(59);
    expect(call(ContactId).state).toBe('ringing');
    await clock.pass(1);

    expect(call(ContactId).state).toBe('ended');
    expect(reason(ContactId)).toBe('TELECOM_UNANSWERED');
  });

  it('ends at once when the line is busy', async () => {
    const { connect, reason, clock } = setup();
    const { ContactId } = connect.startOutboundVoiceContact(request());

    const call = await connect.busy(ContactId);

    expect(call.state).toBe('ended');
    expect(reason(ContactId)).toBe('TELECOM_BUSY');
    expect(clock.pending).toBe(0);
  });

  it('can be answered once', async () => {
    const { connect, answered } = setup();
    const id = await answered();

    await expect(connect.answer(id)).rejects.toMatchObject({ name: 'call-not-ready' });
    await expect(connect.busy(id)).rejects.toMatchObject({ name: 'call-not-ready' });
    await expect(connect.answer('none')).rejects.toMatchObject({ name: 'call-not-found' });
  });
});

describe('StopContact and DescribeContact', () => {
  it('ends a call, and does not find it a second time', async () => {
    const { connect, answered, reason } = setup();
    const id = await answered();

    connect.stopContact(id);

    expect(reason(id)).toBe('OTHER');
    expect(refusal(() => connect.stopContact(id))).toEqual({ name: 'ContactNotFoundException', status: 410 });
    expect(refusal(() => connect.describeContact('none'))).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('describes a contact with times in seconds', async () => {
    const { connect, clock } = setup();
    const { ContactId } = connect.startOutboundVoiceContact(request());
    await clock.pass(5);
    await connect.answer(ContactId);
    await clock.pass(2);
    await connect.hangUp(ContactId);

    const contact = connect.describeContact(ContactId);

    expect(contact).toEqual({
      Arn: `${instanceArn}/contact/${ContactId}`,
      Id: ContactId,
      InitialContactId: ContactId,
      InitiationMethod: 'API',
      Channel: 'VOICE',
      InitiationTimestamp: 1795287600,
      ConnectedToSystemTimestamp: 1795287605,
      DisconnectTimestamp: 1795287607,
      LastUpdateTimestamp: 1795287607,
      DisconnectReason: 'CUSTOMER_DISCONNECT',
      CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: person },
      SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: caller },
    });
  });
});
