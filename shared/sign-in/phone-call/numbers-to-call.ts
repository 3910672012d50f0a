/** Which numbers a challenge may ring, in their order: the one that is being proved, or the proved ones, primary first. */
import { bySlot } from '../../factors/phone-hint.ts';
import type { PhoneFactor, PhoneNumberEntry } from '../../user-state/factor.ts';
import type { Challenge } from '../../user-state/user-state.ts';

export function numbersToCall({ proves }: Challenge, factor: PhoneFactor): PhoneNumberEntry[] {
  if (proves) return factor.numbers.filter(({ slot, proved }) => slot === proves.part && !proved);
  return factor.numbers.filter(({ proved }) => proved).sort(bySlot);
}
