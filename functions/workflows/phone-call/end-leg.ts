/** The task that ends a leg: counts it if nobody confirmed, and says whether the call goes on. */
import middy from '@middy/core';
import { endLeg } from '../../../shared/sign-in/phone-call/end-leg.ts';
import type { LegEndOutcome } from '../../../shared/sign-in/decide-leg-end.ts';
import { getDependencies } from '../../start/dependencies.ts';

async function endCallLeg(event: { challengeId: string; leg: number }, context: { awsRequestId: string }): Promise<LegEndOutcome> {
  return endLeg(await getDependencies(), event.challengeId, event.leg, context.awsRequestId);
}

export const handler = middy().handler(endCallLeg as never);
