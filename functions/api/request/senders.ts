/** What the doors that send need beyond the others: the issuer, and a sender for every carrier that this installation has. */
import { stepFunctionsCallWorkflow } from '../../../shared/delivery/call-workflow.ts';
import { readEnvironment, readOptional } from '../../../shared/platform/config/environment.ts';
import { byCall } from '../../../shared/sign-in/sending/by-call.ts';
import type { SendDependencies } from '../../../shared/sign-in/sending/send-challenge.ts';
import type { Senders } from '../../../shared/sign-in/sending/sender.ts';
import type { Dependencies } from '../../start/dependencies.ts';

let senders: Senders | undefined;

function makeSenders(): Senders {
  const machine = readOptional('COUNTERSIGN_PHONE_CALL_MACHINE');
  return { ...(machine === undefined ? {} : { call: byCall(stepFunctionsCallWorkflow(machine)) }) };
}

/** Made once per process: the clients behind them keep their connections. */
export function withSenders(deps: Dependencies): SendDependencies {
  senders ??= makeSenders();
  return { ...deps, issuer: readEnvironment(['COUNTERSIGN_ISSUER']).COUNTERSIGN_ISSUER, senders };
}
