/** Randomness that repeats: the same seed gives the same bytes, on every machine. */
import { createHash } from 'node:crypto';
import type { Random } from '../../shared/platform/random.ts';

export function seededRandom(seed = 'countersign'): Random {
  let block = 0;
  let held = Buffer.alloc(0);
  const bytes = (length: number): Buffer => {
    while (held.length < length) {
      held = Buffer.concat([
        held,
        createHash('sha256')
          .update(`${seed}:${String(block)}`)
          .digest(),
      ]);
      block += 1;
    }
    const taken = held.subarray(0, length);
    held = held.subarray(length);
    return Buffer.from(taken);
  };
  return { bytes, integer: (below) => (below <= 1 ? 0 : bytes(6).readUIntBE(0, 6) % below) };
}
