/** The stages that can be deployed: plain data. Copy one, change it, and deploy it under its own name. */
import { functions, type FunctionName } from '../shared/contract/functions.ts';

export interface Telephony {
  /** The name of the Amazon Connect instance; the whole world shares one name space. */
  readonly instanceAlias: string;
  readonly callerNumber: { readonly countryCode: string; readonly type: 'DID' | 'TOLL_FREE' };
  /** One voice for a stage: an unknown one would silence every prompt of the call. */
  readonly voice: { readonly name: string; readonly engine: 'Neural' | 'Standard' };
}

export interface Stage {
  readonly name: string;
  readonly mail: { readonly domain: string; readonly from: string };
  /** Absent: the address API Gateway gives. The certificate must be in the stage's own Region. */
  readonly domain?: { readonly name: string; readonly certificateArn: string };
  /** The hosted pages' own. Absent: the address CloudFront gives. The certificate must be in us-east-1, where CloudFront looks. */
  readonly pages?: { readonly name: string; readonly certificateArn: string };
  /** Where passkeys are used, when the portal's own pages ask for them too. Absent: on the hosted pages' domain alone. */
  readonly passkeys?: { readonly id: string; readonly origins: readonly string[] };
  /** Absent: no calls, and nothing of Amazon Connect or Step Functions is made. */
  readonly telephony?: Telephony;
  readonly throttle: { readonly requestsPerSecond: number; readonly burst: number };
  readonly logRetentionDays: 7 | 30 | 90 | 365;
  /** Keeps keys, table, mail identity and telephony when their stack goes, and refuses to delete the table. */
  readonly keepData: boolean;
  /** `free` stays within the ten alarms that an account has for nothing, and makes no dashboard. */
  readonly watch: 'free' | 'full';
  /** Of `npm start`: there is no bucket to bring the pages' files to. */
  readonly runsHere?: true;
  readonly alarmEmail?: string;
  /** After a restore: the table to serve from instead of the stack's own (docs/deployment.md, "Restore"). */
  readonly restoredTable?: { readonly name: string; readonly streamArn: string };
}

/** App codes and administration only. Costs its two KMS keys a month, and what is used. */
const small: Stage = {
  name: 'small',
  mail: { domain: 'example.com', from: 'no-reply@example.com' },
  throttle: { requestsPerSecond: 50, burst: 100 },
  logRetentionDays: 30,
  keepData: true,
  watch: 'free',
};

/** Everything, with a claimed telephone number that costs money each day. */
const full: Stage = {
  name: 'full',
  mail: { domain: 'example.com', from: 'no-reply@example.com' },
  telephony: {
    instanceAlias: 'countersign-full-example',
    callerNumber: { countryCode: 'US', type: 'DID' },
    voice: { name: 'Joanna', engine: 'Neural' },
  },
  throttle: { requestsPerSecond: 1000, burst: 2000 },
  logRetentionDays: 90,
  keepData: true,
  watch: 'full',
};

/** What `npm start` runs on one machine: the stacks of `full`, with nothing kept. Not meant to be deployed. */
const local: Stage = {
  ...full,
  name: 'local',
  mail: { domain: 'countersign.example', from: 'no-reply@countersign.example' },
  logRetentionDays: 7,
  keepData: false,
  runsHere: true,
};

export const stages: readonly Stage[] = [small, full, local];

/** The name of anything of a stage: `countersign-<stage>-<part>`. Scripts and alarms find things by it. */
export function nameIn(stage: Stage, part: string): string {
  return `countersign-${stage.name}-${part}`;
}

/** The functions that a stage has, in the contract's order. */
export function functionsIn(stage: Stage): FunctionName[] {
  const names = Object.keys(functions) as FunctionName[];
  return names.filter((name) => stage.telephony || !('telephony' in functions[name]));
}
