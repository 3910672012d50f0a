/** The order in which somebody is asked, and what changes when another way is to be asked for first. */
import { isBackup, strengthOf } from '../../proofs/strength.ts';
import type { Factor } from './account.ts';

const last = 99;
const good = strengthOf('otp');
const states = ['active', 'proving', 'inactive', 'disabled'];

const rankOf = ({ rank = last }: Factor): number => rank;
const isGood = ({ acr }: Factor): boolean => strengthOf(acr) >= good;

/** As the service orders them: by rank, then the stronger, then the older; what is not asked for after what is. */
export function inOrder(factors: readonly Factor[]): Factor[] {
  return factors
    .filter((factor) => !isBackup(factor))
    .sort((a, b) => states.indexOf(a.status) - states.indexOf(b.status) || rankOf(a) - rankOf(b) || Number(isGood(b)) - Number(isGood(a)) || a.createdAt.localeCompare(b.createdAt));
}

export interface RankChange {
  readonly factorId: string;
  readonly rank: number;
}

/** The fewest ranks that make this the first, and leave the others in their order: the chosen one's change comes last. */
export function ranksFor(factors: readonly Factor[], chosenId: string): RankChange[] {
  const others = inOrder(factors).filter(({ factorId, status }) => status === 'active' && factorId !== chosenId);
  const changes: RankChange[] = [];
  let taken = 0;
  for (const factor of others) {
    const rank = Math.min(last, Math.max(rankOf(factor), taken + 1));
    const isMoved = rank !== rankOf(factor);
    if (isMoved) changes.push({ factorId: factor.factorId, rank });
    // Those that stood at one rank may stay so: they have their order by what else they are.
    taken = isMoved ? rank : rank - 1;
  }
  const chosen = factors.find(({ factorId }) => factorId === chosenId);
  return chosen?.rank === 0 ? changes : [...changes, { factorId: chosenId, rank: 0 }];
}
