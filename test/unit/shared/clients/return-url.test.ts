import { describe, expect, it } from 'vitest';
import { hostOf, isReturnUrl } from '../../../../shared/clients/return-url.ts';

describe('isReturnUrl', () => {
  it.each([
    'https://portal.example.com/back',
    'https://portal.example.com',
    'https://portal.example.com/b?x=1',
    'http://localhost:3000/b',
    'http://127.0.0.1/b',
  ])('takes %s', (text) => {
    expect(isReturnUrl(text)).toBe(true);
  });

  it.each([
    'http://portal.example.com/back',
    'https://portal.example.com/#x',
    'https://user@portal.example.com/',
    'https://portal.example.com\\@evil.example/',
    'javascript:alert(1)',
    'https://PORTAL.example.com/',
    'https://portal.example.com/a/../b',
    '//evil.example',
    'https:portal.example.com',
    ' https://portal.example.com/',
    'https://pörtal.example.com/',
    '',
  ])('refuses %s', (text) => {
    expect(isReturnUrl(text)).toBe(false);
  });
});

describe('the host on which a code is typed', () => {
  it.each<[string[], string | undefined]>([
    [['https://portal.example.com/back'], 'portal.example.com'],
    [['https://portal.example.com/back', 'https://portal.example.com/other?x=1'], 'portal.example.com'],
    [['https://portal.example.com/back', 'https://vpn.example.com/'], undefined],
    [['nonsense'], undefined],
    [[], undefined],
  ])('of %j is %s', (returnUrls, host) => {
    expect(hostOf({ returnUrls })).toBe(host);
  });
});
