/** A number that is confirmed when the last license is just gone: nobody reads a problem on a telephone, so it is refused there. */
import { Problem } from '../platform/problems/problem.ts';
import type { RefusedOutcome } from './outcomes.ts';

export async function withoutLicense(error: unknown, then: () => Promise<unknown> = () => Promise.resolve()): Promise<{ readonly outcome: RefusedOutcome }> {
  if (!(error instanceof Problem) || error.problem !== 'no-license') throw error;
  await then();
  return { outcome: { status: 'refused', problem: error.problem } };
}
