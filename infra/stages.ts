/** The stages that can be deployed: plain data. Copy one, change it, and deploy it under its own name. */
import { functions, type FunctionName } from '../shared/contract/functions.ts';
import type { Voices } from './connect/call-flow.ts';

export interface Telephony {
  /** The name of the Amazon Connect instance; the whole world shares one name space. */
  readonly instanceAlias: string;
  readonly callerNumber: { readonly countryCode: string; readonly type: 'DID' | 'TOLL_FREE' };
  /** One for each language that calls are made in: an unknown one would silence every prompt of the call. */
  readonly voices: Voices;
}

/** Texts one way: the carrier chooses, or is told, whom they come from. */
export interface TextingBySns {
  readonly carrier: 'sns';
  readonly originationNumber?: string;
  readonly senderId?: string;
  /** US dollars: a text that would cost more is not sent. */
  readonly mostPerText: string;
}

/** Texts from a pool or number of our own, which can be replied to. Registering one takes weeks (docs/deployment.md). */
export interface TextingByEndUserMessaging {
  readonly carrier: 'end-user-messaging';
  /** ARN of the pool, or of the number, registered by hand. */
  readonly origination: string;
  readonly protectConfigurationId?: string;
  readonly mostPerText: string;
  /** Countries in which it has a number that takes replies; the methods that wait for one are offered nowhere else. */
  readonly repliesFrom: readonly string[];
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
  /** Absent: no texts, and nothing of theirs is made. */
  readonly texting?: TextingBySns | TextingByEndUserMessaging;
  /** For a native shell of the app: SNS platform applications, by ARN, with the credentials of Google or Apple in them. The web app needs none. */
  readonly push?: { readonly fcm?: string; readonly apns?: string };
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
    voices: {
      en: { name: 'Joanna', engine: 'Neural' },
      es: { name: 'Lupe', engine: 'Neural' },
      fr: { name: 'Gabrielle', engine: 'Neural' },
    },
  },
  texting: {
    carrier: 'end-user-messaging',
    origination: 'arn:aws:sms-voice:us-east-1:111122223333:pool/pool-example',
    mostPerText: '0.10',
    repliesFrom: ['US', 'CA'],
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
  texting: {
    carrier: 'end-user-messaging',
    origination: 'arn:aws:sms-voice:us-east-1:111122223333:phone-number/12025550199',
    mostPerText: '0.10',
    repliesFrom: ['US', 'CA', 'GB'],
  },
  logRetentionDays: 7,
  keepData: false,
  runsHere: true,
  push: { fcm: 'arn:aws:sns:us-east-1:000000000000:app/GCM/countersign-local' },
};

export const stages: readonly Stage[] = [small, full, local];

/** The name of anything of a stage: `countersign-<stage>-<part>`. Scripts and alarms find things by it. */
export function nameIn(stage: Stage, part: string): string {
  return `countersign-${stage.name}-${part}`;
}

/** Named by both stacks that use them, so that neither holds an export of the other. */
export const mailSettingsName = (stage: Stage): string => nameIn(stage, 'mail');
export const mailTopicName = (stage: Stage): string => nameIn(stage, 'mail-events');

/** Whether the stage hears anything back of its texts: replies, and which did not arrive. SNS tells nothing. */
export function hearsBack({ texting }: Stage): boolean {
  return texting?.carrier === 'end-user-messaging';
}

/** The functions that a stage has, in the contract's order. */
export function functionsIn(stage: Stage): FunctionName[] {
  const names = Object.keys(functions) as FunctionName[];
  return names
    .filter((name) => stage.telephony || !('telephony' in functions[name]))
    .filter((name) => hearsBack(stage) || !('hearsBack' in functions[name]));
}
