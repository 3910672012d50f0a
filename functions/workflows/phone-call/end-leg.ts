/**
 * The task that ends a leg: counts it if nobody confirmed, and says whether the call goes on. Where nothing more could be
 * placed or ended, it ends the call instead.
 */
import middy from '@middy/core';
import { endLeg, failCall } from '../../../shared/sign-in/phone-call/end-leg.ts';
import type { LegEndOutcome } from '../../../shared/sign-in/decide-leg-end.ts';
import { getDependencies } from '../../start/dependencies.ts';

type LegToEnd = { challengeId: string } & ({ leg: number; failed?: never } | { failed: true });

async function endCallLeg(event: LegToEnd, { awsRequestId }: { awsRequestId: string }): Promise<LegEndOutcome> {
  const deps = await getDependencies();
  if (event.failed) return failCall(deps, event.challengeId, awsRequestId);
  return endLeg(deps, event.challengeId, event.leg, awsRequestId);
}

export const handler = middy().handler(endCallLeg as never);
