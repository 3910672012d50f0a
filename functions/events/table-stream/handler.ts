/** The table's stream: starts and wakes workflows, mails notices, reports texts that were of use. At least once, in any batch. */
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { readEnvironment, readOptional } from '../../../shared/platform/config/environment.ts';
import { stepFunctionsEnrollmentWorkflow, stepFunctionsWaker, type EnrollmentWorkflow, type Waker } from '../../../shared/delivery/workflows.ts';
import { sesCarrier, type EmailCarrier } from '../../../shared/delivery/email-carrier.ts';
import type { SmsCarrier } from '../../../shared/delivery/sms-carrier.ts';
import { openSmsCarrier } from '../../../shared/delivery/texts/open-sms-carrier.ts';
import { readTexting } from '../../../shared/delivery/texts/read-texting.ts';
import { sendNotice } from '../../../shared/delivery/send-notice.ts';
import { errorFields, log } from '../../../shared/platform/log/logger.ts';
import { getDependencies } from '../../start/dependencies.ts';
import { tellOfOrganization } from '../../../shared/delivery/tell-administrators.ts';
import { readStreamRecord, type StreamWork } from './read-stream-record.ts';

let wake: Waker | undefined;
let enrollments: EnrollmentWorkflow | undefined;
let mail: EmailCarrier | undefined;
let texts: SmsCarrier | undefined;

async function notify(work: Extract<StreamWork, { do: 'notify' | 'tell' }>): Promise<string> {
  const from = readOptional('COUNTERSIGN_MAIL_FROM');
  if (from === undefined) return 'no-mail';
  mail ??= sesCarrier(from);
  const { table, keys } = await getDependencies();
  const deps = { table, keys, email: mail };
  if (work.do === 'notify') return sendNotice(deps, work);
  return (await tellOfOrganization(deps, work)) ? 'sent' : 'nobody-told';
}

/** A favor to the carrier: one that fails holds up nobody's notice. */
async function report(messageId: string): Promise<string> {
  const texting = readTexting(readOptional('COUNTERSIGN_TEXTING'));
  if (!texting) return 'no-texting';
  texts ??= openSmsCarrier(texting);
  try {
    await texts.reportUse?.(messageId);
    return 'reported';
  } catch (error) {
    log('warn', 'text-use-not-reported', errorFields(error));
    return 'failed';
  }
}

/** Named after the enrollment: a record that comes again starts nothing. */
async function startEnrollment({ enrollmentId, enrollmentKey }: Extract<StreamWork, { do: 'start' }>): Promise<void> {
  enrollments ??= stepFunctionsEnrollmentWorkflow(readEnvironment(['COUNTERSIGN_ENROLLMENT_MACHINE']).COUNTERSIGN_ENROLLMENT_MACHINE);
  await enrollments.start(enrollmentKey.slice('ENROLLMENT#'.length), { enrollmentId, enrollmentKey });
  log('info', 'workflow-start', { outcome: 'started' });
}

async function handleRecord(record: DynamoDBRecord): Promise<void> {
  const work = readStreamRecord(record);
  if (work.do === 'nothing') return;
  if (work.do === 'report') {
    log('info', 'text-use', { outcome: await report(work.messageId) });
    return;
  }
  if (work.do === 'start') return startEnrollment(work);
  wake ??= stepFunctionsWaker();
  const outcome = work.do === 'wake' ? await wake(work.taskToken) : await notify(work);
  log('info', work.do === 'wake' ? 'workflow-wake' : 'notice', { outcome, ...(work.do === 'wake' ? {} : { reason: work.notice }) });
}

async function handleBatch(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of event.Records) {
    try {
      await handleRecord(record);
    } catch (error) {
      log('error', 'stream-record-failed', errorFields(error));
      // Everything from here on comes again: order within the stream is kept.
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

export const handler = middy().handler(handleBatch as never);
