import { describe, expect, it } from 'vitest';
import { addressOf, readPlace } from '../../../web/pages/console/place.ts';

describe('a place in the console', () => {
  it.each([
    ['', { rest: [] }],
    ['#/', { rest: [] }],
    ['#/acme', { organizationId: 'acme', rest: [] }],
    ['#/acme/users/user/u%2F1', { organizationId: 'acme', section: 'users', rest: ['user', 'u/1'] }],
    ['#/%E0%A4%A/users', { organizationId: 'users', rest: [] }],
  ])('%j is read as %j', (address, place) => {
    expect(readPlace(address)).toEqual(place);
  });

  it('leads back to the same place, whatever its names hold', () => {
    const place = ['ac/me', 'users', 'user', 'ü 1#?%'] as const;

    expect(readPlace(addressOf(...place))).toEqual({ organizationId: place[0], section: place[1], rest: place.slice(2) });
  });
});
