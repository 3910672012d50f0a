/** Randomness comes in as an argument everywhere; this is the one place that asks the machine for it. */
import { randomBytes, randomInt } from 'node:crypto';

export interface Random {
  bytes(length: number): Uint8Array;
  /** Uniform over 0 … below − 1, without modulo bias. */
  integer(below: number): number;
}

export const systemRandom: Random = {
  bytes: (length) => randomBytes(length),
  integer: (below) => randomInt(below),
};
