/** Medians, and rounds that take turns, so that whatever else the machine does meets everything that is compared. */

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('there is nothing to take the median of');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

/** Half of the values lie between these two: how far a median can be trusted. */
export function quartiles(values: readonly number[]): readonly [number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return [at(0.25), at(0.75)];
}

/** How long to go on: so many rounds at least, and then until the time is up. */
export interface Patience {
  /** Not looked at: caches, pools and compilers settle in them. */
  readonly warmUp: number;
  readonly rounds: number;
  readonly milliseconds?: number;
}

/** Everything once, then everything once more. Answers the samples of each, round by round. */
export async function takeTurns<Name extends string, Sample>(
  subjects: Readonly<Record<Name, () => Promise<Sample>>>, { warmUp, rounds, milliseconds = 0 }: Patience,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(subjects) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as Sample[]])) as Record<Name, Sample[]>;
  const until = performance.now() + milliseconds;
  for (let round = 0; round < warmUp + rounds || performance.now() < until; round += 1) {
    // Backwards every other round: nothing always runs after the same neighbor.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const sample = await subjects[name]();
      if (round >= warmUp) samples[name].push(sample);
    }
  }
  return samples;
}

/** Of two medians whose samples were taken in turn. */
export const ratioOfMedians = (above: readonly number[], below: readonly number[]): number => median(above) / median(below);
