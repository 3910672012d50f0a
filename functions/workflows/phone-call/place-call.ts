/** The task that places the next leg of a call. Only ids come in and go out: an execution's history keeps what it sees. */
import middy from '@middy/core';
import { connectCarrier, type CallCarrier } from '../../../shared/delivery/call-carrier.ts';
import { readEnvironment } from '../../../shared/platform/config/environment.ts';
import { placeLeg, type PlacedLeg } from '../../../shared/sign-in/phone-call/place-leg.ts';
import { getDependencies } from '../../start/dependencies.ts';

let carrier: CallCarrier | undefined;

function getCarrier(): CallCarrier {
  if (carrier) return carrier;
  const environment = readEnvironment(['COUNTERSIGN_CONNECT_INSTANCE', 'COUNTERSIGN_CONNECT_FLOWS', 'COUNTERSIGN_CALLER_NUMBER']);
  const flows = JSON.parse(environment.COUNTERSIGN_CONNECT_FLOWS) as { key: string; entry: string };
  carrier = connectCarrier({
    instanceArn: environment.COUNTERSIGN_CONNECT_INSTANCE,
    flows,
    callerNumber: environment.COUNTERSIGN_CALLER_NUMBER,
  });
  return carrier;
}

async function placeCallLeg(event: { challengeId: string }): Promise<PlacedLeg> {
  return placeLeg({ ...(await getDependencies()), carrier: getCarrier() }, event.challengeId);
}

export const handler = middy().handler(placeCallLeg as never);
