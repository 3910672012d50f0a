/** How strong the ways are that somebody has: a change takes the strongest of them (D23). */
import type { FactorChoice } from '../ask/answers.ts';

/** Weakest first, as the service names them. */
const strengths = ['low', 'pstn', 'otp', 'app', 'phishing-resistant'] as const;

export interface Kept {
  readonly factorId: string;
  readonly kind: string;
  readonly status: string;
  readonly acr?: string;
}

export const strengthOf = (acr: string | undefined): number => strengths.findIndex((each) => each === acr);

export const isBackup = ({ kind }: { readonly kind: string }): boolean => kind === 'recovery-key';

/** One that was shut counts as well: guessing at a strong way must not make a weak one enough. */
export const counts = (factor: Pick<Kept, 'kind' | 'status'>): boolean => !isBackup(factor) && ['active', 'disabled'].includes(factor.status);

/** Of what can be answered, what is strong enough for a change; none when that is shut. */
export function strongEnough(choices: readonly FactorChoice[], kept: readonly Kept[]): FactorChoice[] {
  const needed = Math.max(-1, ...kept.filter(counts).map(({ acr }) => strengthOf(acr)));
  const own = new Map(kept.map((factor) => [factor.factorId, factor]));
  return choices.filter((choice) => !isBackup(choice) && strengthOf(own.get(choice.factorId)?.acr) >= needed);
}
