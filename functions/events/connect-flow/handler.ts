/** The keypad: invoked by the contact flow while the caller is on the line. A thrown error makes Connect ask again. */
import middy from '@middy/core';
import { errorFields, log } from '../../../shared/platform/log/logger.ts';
import { pressKeys } from '../../../shared/sign-in/phone-call/press-keys.ts';
import { getDependencies } from '../../start/dependencies.ts';
import { readFlowEvent } from './read-flow-event.ts';

/** Flat and of strings only: the flow takes nothing else. */
interface Said {
  readonly outcome: string;
}

async function answerFlow(event: unknown, context: { awsRequestId: string }): Promise<Said> {
  const question = readFlowEvent(event);
  if (!question) {
    log('warn', 'flow-event-refused', { requestId: context.awsRequestId });
    return { outcome: 'denied' };
  }
  const outcome = await pressKeys(await getDependencies(), question, context.awsRequestId);
  log('info', 'keys-pressed', { requestId: context.awsRequestId, outcome, leg: question.leg });
  return { outcome };
}

export const handler = middy()
  .use({
    onError: ({ error, context }: { readonly error: unknown; readonly context: { readonly awsRequestId: string } }) => {
      log('error', 'keys-not-decided', { requestId: context.awsRequestId, ...errorFields(error) });
    },
  })
  .handler(answerFlow as never);
