/** What the doors that send need beyond the others: the issuer, and a sender for every carrier that this installation has. */
import { openPushCarrier } from '../../start/push.ts';
import { stepFunctionsCallWorkflow } from '../../../shared/delivery/workflows.ts';
import { sesCarrier, type EmailCarrier } from '../../../shared/delivery/email-carrier.ts';
import { readEnvironment, readOptional } from '../../../shared/platform/config/environment.ts';
import type { MailDependencies } from '../../../shared/enrollment/email-verification.ts';
import { openSmsCarrier } from '../../../shared/delivery/texts/open-sms-carrier.ts';
import { readTexting, repliesFrom } from '../../../shared/delivery/texts/read-texting.ts';
import { byCall } from '../../../shared/sign-in/sending/by-call.ts';
import { byMail } from '../../../shared/sign-in/sending/by-mail.ts';
import { byText } from '../../../shared/sign-in/sending/by-text.ts';
import { byPush } from '../../../shared/sign-in/sending/by-push.ts';
import type { EnrollmentDependencies } from '../../../shared/enrollment/enrollment-dependencies.ts';
import type { Senders } from '../../../shared/sign-in/sending/sender.ts';
import { askBySoap } from '../../../shared/tokens/vip/ask-by-soap.ts';
import type { Dependencies } from '../../start/dependencies.ts';

let senders: Senders | undefined;
let mail: EmailCarrier | undefined;

/** Undefined where no mail is sent. */
function mailCarrier(): EmailCarrier | undefined {
  const from = readOptional('COUNTERSIGN_MAIL_FROM');
  if (from !== undefined) mail ??= sesCarrier(from);
  return mail;
}

function makeSenders(): Senders {
  const machine = readOptional('COUNTERSIGN_PHONE_CALL_MACHINE');
  const texting = readTexting(readOptional('COUNTERSIGN_TEXTING'));
  const carrier = mailCarrier();
  return {
    ...(machine === undefined ? {} : { call: byCall(stepFunctionsCallWorkflow(machine)) }),
    ...(texting ? { text: byText({ carrier: openSmsCarrier(texting), repliesFrom: repliesFrom(texting) }) } : {}),
    ...(carrier ? { mail: byMail(carrier) } : {}),
    push: byPush(openPushCarrier),
  };
}

/** Made once per process: the clients behind them keep their connections. */
export function withSenders(deps: Dependencies): EnrollmentDependencies {
  senders ??= makeSenders();
  const pagesUrl = readOptional('COUNTERSIGN_PAGES');
  return { ...deps, issuer: readEnvironment(['COUNTERSIGN_ISSUER']).COUNTERSIGN_ISSUER, senders, vip: askBySoap(deps.random), ...(pagesUrl === undefined ? {} : { pagesUrl }) };
}

/** For the codes that are mailed beside all factors. */
export function withMail(deps: Dependencies): MailDependencies {
  return { ...deps, issuer: readEnvironment(['COUNTERSIGN_ISSUER']).COUNTERSIGN_ISSUER, mail: mailCarrier() };
}
