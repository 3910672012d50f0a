import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createClock } from '../../local/clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'clock-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the clock', () => {
  it('tells the time of the machine until it is moved', () => {
    const clock = createClock();

    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(50);
    clock.advance(3600);

    expect(clock.now() - Date.now()).toBeGreaterThan(3_599_900);
  });

  it('refuses to go back', () => {
    expect(() => createClock().advance(-1)).toThrow('only moves forward');
  });

  it('fires what is due after a jump at once, in the order of due times', () => {
    const clock = createClock();
    const fired: string[] = [];
    clock.setTimer(60_000, () => fired.push('minute'));
    clock.setTimer(10_000, () => fired.push('ten'));
    clock.setTimer(3_600_000, () => fired.push('hour'));
    clock.advance(61);
    clock.stop();

    expect(fired).toEqual(['ten', 'minute']);
  });

  it('fires by itself, and not what was cancelled', async () => {
    const clock = createClock();
    const fired: string[] = [];
    const cancel = clock.setTimer(5, () => fired.push('cancelled'));
    clock.setTimer(10, () => fired.push('kept'));
    cancel();
    await new Promise((resolve) => setTimeout(resolve, 40));
    clock.stop();

    expect(fired).toEqual(['kept']);
  });

  it('keeps its offset in a file', () => {
    const file = join(folder, 'clock.json');
    createClock(file).advance(100);

    expect(createClock(file).now() - Date.now()).toBeGreaterThan(99_000);
  });

  it('shows its offset to other threads', () => {
    const clock = createClock();
    clock.advance(2);

    expect(new BigInt64Array(clock.offset)[0]).toBe(2000n);
  });
});
