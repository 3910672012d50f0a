import { describe, expect, it } from 'vitest';

import { caller, instanceArn, request, setup } from './called.ts';

describe('contact events', () => {
  it('tell of an answered call in the documented shape', async () => {
    const { connect, clock, events } = setup();
    const { ContactId } = connect.startOutboundVoiceContact(request());
    await clock.pass(12);
    await connect.answer(ContactId);
    await clock.pass(3);
    await connect.hangUp(ContactId);

    expect(events[2]).toEqual({
      source: 'aws.connect',
      'detail-type': 'Amazon Connect Contact Event',
      resources: [instanceArn, `${instanceArn}/contact/${ContactId}`],
      detail: {
        eventType: 'DISCONNECTED',
        contactId: ContactId,
        initialContactId: ContactId,
        previousContactId: null,
        channel: 'VOICE',
        instanceArn,
        initiationMethod: 'API',
        initiationTimestamp: '2026-11-21T19:00:00.000Z',
        connectedToSystemTimestamp: '2026-11-21T19:00:12.000Z',
        disconnectTimestamp: '2026-11-21T19:00:15.000Z',
        tags: {
          'aws:connect:instanceId': '12345678-1234-1234-1234-123456789012',
          'aws:connect:systemEndpoint': caller,
        },
      },
    });
    expect(events[3]).toEqual({ ...events[2], detail: { ...events[2]?.detail, eventType: 'COMPLETED' } });
  });

  it('come before the answer to the request that started the call', () => {
    const { connect, kinds } = setup();

    connect.startOutboundVoiceContact(request());

    expect(kinds()).toEqual(['INITIATED']);
  });

  it('have no connected time when nobody answered, and never a reason', async () => {
    const { connect, kinds, events } = setup();
    const { ContactId } = connect.startOutboundVoiceContact(request());

    await connect.busy(ContactId);

    expect(kinds()).toEqual(['INITIATED', 'DISCONNECTED', 'COMPLETED']);
    expect(events[1]?.detail).not.toHaveProperty('connectedToSystemTimestamp');
    expect(events[1]?.detail).not.toHaveProperty('disconnectReason');
  });

  it('call a voicemail box connected, like a person', async () => {
    const { connect, kinds } = setup();
    const { ContactId } = connect.startOutboundVoiceContact(request());

    await connect.voicemail(ContactId);

    expect(kinds()).toEqual(['INITIATED', 'CONNECTED_TO_SYSTEM']);
  });

  it('come twice when told to', async () => {
    const { connect, kinds } = setup();
    connect.setFault({ duplicate: true });
    const { ContactId } = connect.startOutboundVoiceContact(request());

    await connect.busy(ContactId);

    expect(kinds()).toEqual(['INITIATED', 'INITIATED', 'DISCONNECTED', 'DISCONNECTED', 'COMPLETED', 'COMPLETED']);
  });

  it('come late and out of order when told to', async () => {
    const { connect, clock, kinds } = setup();
    connect.setFault({ delaySeconds: 10 });
    const { ContactId } = connect.startOutboundVoiceContact(request());
    await connect.busy(ContactId);

    await clock.pass(9);
    expect(kinds()).toEqual([]);
    await clock.pass(11);

    expect(kinds()).toEqual(['DISCONNECTED', 'INITIATED', 'COMPLETED']);
  });
});
