import { describe, expect, it } from 'vitest';
import { promptsFor, speakable } from '../../../../shared/delivery/call-prompts.ts';

const organizationName = 'Acme Corporation';

describe('what a call says', () => {
  it.each([
    ['call', 'Press the pound key to confirm. If you are not signing in, press 9.'],
    ['call-pin', 'Type your PIN, then press the pound key. If you are not signing in, press 9, then the pound key.'],
    ['call-match', 'Type the two digits on your screen, then press the pound key.'],
  ] as const)('asks, by %s, for what confirms and says how to report fraud', (method, ask) => {
    const { p_ask, p_again } = promptsFor({ method, language: 'en', organizationName });

    expect(p_ask).toContain(`This is ${organizationName}.`);
    expect(p_ask).toContain(ask);
    expect(p_again).toContain(ask);
  });

  it('asks whoever answers first to put it through, where there is an extension', () => {
    expect(promptsFor({ method: 'call-pin', language: 'en', organizationName, extension: '4711' }).p_ask).toMatch(/^Please put this call through to extension 4 7 1 1\. /);
  });

  it('does not speak of a sign-in where a telephone is being added', () => {
    expect(promptsFor({ method: 'call', language: 'en', organizationName, isProof: true }).p_ask).toContain('being added');
    expect(promptsFor({ method: 'call', language: 'en', organizationName, isProof: true }).p_ask).not.toContain('signing in with your name');
  });

  it('fits Connect’s limits on attributes, however long the name is (aws.md)', () => {
    const prompts = promptsFor({ method: 'call-match', language: 'en', organizationName: '&'.repeat(300), extension: '12345678' });

    expect(Buffer.byteLength(JSON.stringify(prompts))).toBeLessThan(8000);
    for (const name of Object.keys(prompts)) expect(name).toMatch(/^[A-Za-z0-9_-]+$/);
  });
});

describe('speakable (A84)', () => {
  it.each([
    ['A & B <b>"c"</b>\'d\'', 'A &amp; B &lt;b&gt;&quot;c&quot;&lt;/b&gt;&apos;d&apos;'],
    ['two\nlines\u0000', 'two lines '],
    ['right\u202eleft', 'right left'],
    ['<speak>$.Attributes.p_x</speak>', '&lt;speak&gt;$.Attributes.p_x&lt;/speak&gt;'],
  ])('makes %j harmless', (name, spoken) => {
    expect(speakable(name)).toBe(spoken);
  });

  it('cuts before it escapes, so that no escape is cut in two', () => {
    expect(speakable('&'.repeat(100))).toBe('&amp;'.repeat(60));
  });
});
