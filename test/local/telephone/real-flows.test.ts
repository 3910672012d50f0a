import { describe, expect, it } from 'vitest';

import { callFlow } from '../../../infra/connect/call-flow.ts';
import type { ContactFlow } from '../../../local/telephone/connect.ts';
import { functionArn } from './flows.ts';
import { request, setup, type FlowEvent } from './called.ts';

const voices = {
  en: { name: 'Joanna', engine: 'Neural' },
  es: { name: 'Lupe', engine: 'Neural' },
  fr: { name: 'Gabrielle', engine: 'Neural' },
} as const;
const real = (kind: 'key' | 'entry') => callFlow({ kind, functionArn, voices }) as unknown as ContactFlow;
const flows = { key: real('key'), entry: real('entry') };

const prompts = ['ask', 'again', 'approved', 'denied', 'locked', 'fraud', 'goodbye'];
const texts = Object.fromEntries(prompts.map((name) => [`p_${name}`, `The ${name} prompt.`]));
const attributes = { challengeId: 'chl_1', leg: '2', ...texts };

async function dial(kind: 'key' | 'entry', decide: (parameters: Record<string, string>) => string, said = {}) {
  const called = setup(({ Details }: FlowEvent) => ({ outcome: decide(Details.Parameters) }), flows);
  const outbound = request({ ContactFlowId: kind, Attributes: { ...attributes, ...said } });
  const { ContactId } = called.connect.startOutboundVoiceContact(outbound);
  await called.connect.answer(ContactId);
  const parameters = () => called.invoked.map(({ Details }) => Details.Parameters);
  const heard = () => called.call(ContactId).heard.map((text) => /^The (\w+) prompt\.$/.exec(text)?.[1] ?? text);
  return { ...called, id: ContactId, parameters, heard, press: (keys: string) => called.connect.keys(ContactId, keys) };
}

describe('the key flow of infra', () => {
  it('approves with pound', async () => {
    const { press, heard, parameters, clock, reason, id } = await dial('key', () => 'approved');

    await press('#');
    await clock.pass(10);

    expect(heard()).toEqual(['ask', 'approved']);
    expect(parameters()).toEqual([{ event: 'key', key: '#', try: '1', challengeId: 'chl_1', leg: '2' }]);
    expect(reason(id)).toBe('CONTACT_FLOW_DISCONNECT');
  });

  it.each(['9', '0'])('reports fraud with %s', async (key) => {
    const { press, heard, parameters } = await dial('key', (said) => (said['key'] === '9' ? 'fraud' : 'approved'));

    await press(key);

    expect(heard()).toEqual(['ask', 'fraud']);
    expect(parameters()).toMatchObject([{ event: 'key', key: '9', try: '4' }]);
  });

  it('says it again when star is pressed, and when nothing is', async () => {
    const { press, heard, clock } = await dial('key', () => 'approved');

    await press('*');
    expect(heard()).toEqual(['ask', 'ask']);
    await clock.pass(12);

    expect(heard()).toEqual(['ask', 'ask', 'ask']);
  });

  it('approves nothing by silence or by other keys', async () => {
    const { press, heard, parameters, clock, call, id } = await dial('key', () => 'approved');

    await press('5');
    await clock.pass(60);

    expect(heard()).toEqual(['ask', 'ask', 'ask', 'goodbye']);
    expect(parameters()).toEqual([]);
    expect(call(id).state).toBe('ended');
  });
});

describe('the language of a call', () => {
  it.each([
    ['en', 'en-US'],
    ['es', 'es-US'],
    ['fr', 'fr-CA'],
    ['de', 'en-US'],
  ])('that is asked for in %s is spoken by a voice of %s', async (language, spoken) => {
    const { call, id } = await dial('key', () => 'approved', { language });

    expect(call(id).language).toBe(spoken);
  });
});

describe('the entry flow of infra', () => {
  it('numbers its tries, so that a repeated invocation can be told from a second entry', async () => {
    const { press, heard, parameters } = await dial('entry', ({ entry }) => (entry === '4711' ? 'approved' : 'again'));

    await press('1111#');
    await press('2222#');
    await press('4711#');

    expect(heard()).toEqual(['ask', 'again', 'again', 'approved']);
    const tries = parameters().map((said) => `${said['try']}: ${said['entry']}`);
    expect(tries).toEqual(['1: 1111', '2: 2222', '3: 4711']);
  });

  it('hands silence to the function as Timeout', async () => {
    const { clock, heard, parameters } = await dial('entry', () => 'again');

    await clock.pass(60);

    expect(parameters().map(({ entry }) => entry)).toEqual(['Timeout', 'Timeout', 'Timeout']);
    expect(heard()).toEqual(['ask', 'again', 'again', 'goodbye']);
  });

  it.each(['locked', 'fraud', 'denied'])('tells the person when the outcome is %s', async (outcome) => {
    const { press, heard } = await dial('entry', () => outcome);

    await press('4711#');

    expect(heard()).toEqual(['ask', outcome]);
  });

  it('denies when the function fails', async () => {
    const { press, heard, invoked } = await dial('entry', () => {
      throw new Error('throttled');
    });

    await press('4711#');

    expect(heard()).toEqual(['ask', 'denied']);
    expect(invoked).toHaveLength(4);
  });
});
