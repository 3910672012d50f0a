/** What the hosted pages ask, at their own address. */
import { challengeHandlers } from './pages/challenge.ts';
import { pageDoor } from './pages/page-door.ts';
import { proofHandlers } from './pages/proofs.ts';
import { registrationHandlers } from './pages/registration.ts';
import { sessionHandlers } from './pages/session.ts';
import { setUpHandlers } from './pages/set-up.ts';

export const handler = pageDoor({ ...sessionHandlers, ...challengeHandlers, ...setUpHandlers, ...proofHandlers, ...registrationHandlers });
