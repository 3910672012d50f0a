/** What the doors that place calls need beyond the others: the issuer, and the workflow where there is one. */
import { readEnvironment, readOptional } from '../../../shared/platform/config/environment.ts';
import { stepFunctionsCallWorkflow, type CallWorkflow } from '../../../shared/delivery/call-workflow.ts';
import type { SendDependencies } from '../../../shared/sign-in/send-challenge.ts';
import type { Dependencies } from '../../start/dependencies.ts';

let workflow: CallWorkflow | undefined;

export function withTelephony(deps: Dependencies): SendDependencies {
  const machine = readOptional('COUNTERSIGN_PHONE_CALL_MACHINE');
  if (machine !== undefined) workflow ??= stepFunctionsCallWorkflow(machine);
  return { ...deps, issuer: readEnvironment(['COUNTERSIGN_ISSUER']).COUNTERSIGN_ISSUER, workflow };
}
