import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReply } from '../../../../shared/factors/read-reply.ts';

describe('what a text says', () => {
  it.each([
    ['482913', '482913'],
    [' 482 913 ', '482913'],
    ['482-913', '482913'],
    ['４８２９１３', '482913'],
    ['my code is 482913.', '482913'],
    ['4829134711', '4829134711'],
    ['482913 4711', '4829134711'],
    ['48\u200b2913', '482913'],
    ['482913\n', '482913'],
    ['42', '42'],
  ])('%j holds the digits %s', (text, digits) => {
    expect(readReply(text)).toEqual({ says: 'digits', digits });
  });

  it('takes several codes for one long wrong one, never for several tries', () => {
    expect(readReply('482913 or 482914 or 482915')).toEqual({ says: 'digits', digits: '482913482914482915' });
  });

  it.each(['STOP', 'stop', ' Stop. ', 'ｓｔｏｐ', 'STOP please', 'Arrêt', 'unsubscribe', 'OPT-OUT', 'Baja', 'STOP 482913'])('%j ends all texts and answers nothing', (text) => {
    expect(readReply(text)).toEqual({ says: 'stop' });
  });

  it.each(['HELP', 'help?', 'Info', 'ayuda', 'Aide'])('%j asks for help and answers nothing', (text) => {
    expect(readReply(text)).toEqual({ says: 'help' });
  });

  it.each(['NO', 'no', 'No!', 'non', 'FRAUD', 'fraude', '"no"', 'No, that was not me'])('%j says that it was somebody else (A78)', (text) => {
    expect(readReply(text)).toEqual({ says: 'fraud' });
  });

  it.each(['', '   ', 'ok', 'yes', 'Nope', 'Nothing', '👍', 'hello there', '٤٨٢٩١٣', '1'.repeat(321), 'stop'.padEnd(400, '!'), 'NO 482913', 'fraud 482913'])('%j says nothing', (text) => {
    expect(readReply(text)).toEqual({ says: 'nothing' });
  });

  it('is one of five things, quickly, whatever anyone writes (A106)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const reply = readReply(text);
        expect(['stop', 'help', 'fraud', 'nothing', 'digits']).toContain(reply.says);
        if (reply.says === 'digits') expect(reply.digits).toMatch(/^[0-9]{1,320}$/);
      }),
    );
    const hostile = ' '.repeat(100_000) + '\ufdfa'.repeat(100_000);
    const before = performance.now();
    expect(readReply(hostile)).toEqual({ says: 'nothing' });
    expect(performance.now() - before).toBeLessThan(50);
  });
});
