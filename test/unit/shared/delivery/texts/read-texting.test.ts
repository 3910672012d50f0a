import { describe, expect, it } from 'vitest';
import { stages } from '../../../../../infra/stages.ts';
import { readTexting, repliesFrom } from '../../../../../shared/delivery/texts/read-texting.ts';

describe('what a stage says about its texts', () => {
  it('is nothing where it sends none', () => {
    expect(readTexting(undefined)).toBeUndefined();
  });

  it('is read as infra writes it, for every stage', () => {
    const written = stages.flatMap(({ texting }) => (texting ? [texting] : []));

    expect(written.length).toBeGreaterThan(0);
    for (const texting of written) expect(readTexting(JSON.stringify(texting))).toEqual(texting);
  });

  it('takes no replies from anywhere by SNS', () => {
    expect(repliesFrom({ carrier: 'sns', mostPerText: '0.10' })).toEqual([]);
    expect(repliesFrom({ carrier: 'end-user-messaging', origination: 'arn:pool', mostPerText: '0.10', repliesFrom: ['US'] })).toEqual(['US']);
  });

  it.each([
    '{}', '{"carrier":"pigeon","mostPerText":"1"}', '{"carrier":"sns"}', '{"carrier":"sns","mostPerText":"unlimited"}', '{"carrier":"sns","mostPerText":"-1"}',
    '{"carrier":"end-user-messaging","mostPerText":"1","repliesFrom":[]}', '{"carrier":"end-user-messaging","mostPerText":"1","origination":"arn:x"}',
  ])('stops the start when it is %s (X23)', (text) => {
    expect(() => readTexting(text)).toThrow('not valid');
  });
});
