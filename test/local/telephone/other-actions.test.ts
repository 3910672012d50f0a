import { describe, expect, it } from 'vitest';

import { pinIs4711, request, setup } from './called.ts';
import { bye, flowOf, setVoice, type TestAction } from './flows.ts';

describe('other actions of a flow', () => {
  const loop = (count: string): TestAction => ({
    Identifier: 'loop',
    Type: 'Loop',
    Parameters: { LoopCount: count },
    Transitions: {
      NextAction: 'bye',
      Conditions: [
        { NextAction: 'note', Condition: { Operator: 'Equals', Operands: ['ContinueLooping'] } },
        { NextAction: 'bye', Condition: { Operator: 'Equals', Operands: ['DoneLooping'] } },
      ],
    },
  });
  const note: TestAction = {
    Identifier: 'note',
    Type: 'UpdateContactAttributes',
    Parameters: { Attributes: { seen: '$.Attributes.leg' }, TargetContact: 'Current' },
    Transitions: { NextAction: 'tell', Errors: [{ ErrorType: 'NoMatchingError', NextAction: 'bye' }] },
  };
  const tell: TestAction = {
    Identifier: 'tell',
    Type: 'MessageParticipant',
    Parameters: { Text: 'Leg $.Attributes.seen of $.External.none five' },
    Transitions: { NextAction: 'loop', Errors: [{ ErrorType: 'NoMatchingError', NextAction: 'bye' }] },
  };

  it('loops as often as it says, and fills references into text', async () => {
    const { clock, answered, call } = setup(undefined, { loop: flowOf(loop('3'), note, tell, bye) });
    const id = await answered('loop');

    await clock.pass(60);

    expect(call(id).heard).toEqual(Array(3).fill('Leg 1 of five'));
    expect(call(id).state).toBe('ended');
  });

  it('takes the error branch for SSML that is not well-formed', async () => {
    const { connect, call } = setup();
    const attributes = { challengeId: 'chl_1', p_ask: 'Smith & Sons', p_denied: 'You are not signed in.' };
    const { ContactId } = connect.startOutboundVoiceContact(request({ Attributes: attributes }));

    await connect.answer(ContactId);

    expect(call(ContactId).heard).toEqual(['You are not signed in.']);
  });

  it('ends a flow that goes round in circles', async () => {
    const circle = { ...setVoice('voice') };
    const { answered, reason } = setup(undefined, { circle: flowOf(circle) });

    const id = await answered('circle');

    expect(reason(id)).toBe('OTHER');
  });

});

describe('a voicemail box', () => {
  it('hears the prompts, presses nothing and hangs up after 30 seconds', async () => {
    const { connect, clock, reason, entries, call } = setup(pinIs4711);
    const { ContactId } = connect.startOutboundVoiceContact(request());
    await connect.voicemail(ContactId);
    await expect(connect.keys(ContactId, '4711#')).rejects.toMatchObject({ name: 'call-not-ready' });

    await clock.pass(30);

    expect(entries().every((entry) => entry === 'Timeout')).toBe(true);
    expect(call(ContactId).heard.length).toBeGreaterThan(1);
    expect(['CUSTOMER_DISCONNECT', 'CONTACT_FLOW_DISCONNECT']).toContain(reason(ContactId));
    expect(clock.pending).toBe(0);
  });
});
