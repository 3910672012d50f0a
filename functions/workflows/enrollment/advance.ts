/** The task that brings an enrollment on: mails what is due, ends what has run out. Only ids come in, and how long to wait goes out. */
import middy from '@middy/core';
import { sesCarrier, type EmailCarrier } from '../../../shared/delivery/email-carrier.ts';
import { advanceEnrollment, failEnrollment, type Advanced } from '../../../shared/enrollment/invitations/advance-enrollment.ts';
import { readEnvironment, readOptional } from '../../../shared/platform/config/environment.ts';
import { getDependencies } from '../../start/dependencies.ts';

let mail: EmailCarrier | undefined;

/** Undefined where no mail is sent. */
function mailCarrier(): EmailCarrier | undefined {
  const from = readOptional('COUNTERSIGN_MAIL_FROM');
  if (from !== undefined) mail ??= sesCarrier(from);
  return mail;
}

interface EnrollmentToAdvance {
  readonly enrollmentId: string;
  readonly failed?: true;
}

async function advance({ enrollmentId, failed }: EnrollmentToAdvance, { awsRequestId }: { awsRequestId: string }): Promise<Advanced> {
  const deps = await getDependencies();
  if (failed) return failEnrollment(deps, enrollmentId, awsRequestId);
  const pagesUrl = readEnvironment(['COUNTERSIGN_PAGES']).COUNTERSIGN_PAGES;
  return advanceEnrollment({ ...deps, mail: mailCarrier(), pagesUrl }, enrollmentId, awsRequestId);
}

export const handler = middy().handler(advance as never);
