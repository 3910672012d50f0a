/** When somebody last signed in with something, as far as the last thirty days tell. */
import type { ActivityEvent } from './account.ts';

/** A confirmation of a change is no sign-in. */
export const isSignIn = ({ kind, purpose }: Pick<ActivityEvent, 'kind' | 'purpose'>): boolean => kind === 'challenge-approved' && (purpose ?? 'sign-in') === 'sign-in';

/** Events come newest first. */
export const lastUse = (events: readonly ActivityEvent[], factorId: string): string | undefined =>
  events.find((event) => event.factorId === factorId && isSignIn(event))?.at;
