/** What a refusal means for the person, and what to do next. */
import { Refusal } from '../ask/ask.ts';
import type { FrameWords } from '../words/en/frame.ts';

function waitText({ problems }: FrameWords, seconds: number): string {
  return seconds > 90 ? problems.waitMinutes(Math.ceil(seconds / 60)) : problems.waitSeconds(Math.max(1, Math.ceil(seconds)));
}

/** Throws on whatever the service did not refuse: that is a defect of the page. */
export function problemText(words: FrameWords, error: unknown): string {
  if (!(error instanceof Refusal)) throw error;
  const { problems } = words;
  switch (error.problem) {
    case 'offline':
      return problems.offline;
    case 'too-many-sends':
    case 'too-many-challenges':
    case 'number-in-use':
      return waitText(words, error.retryAfterSeconds);
    case 'spend-limit':
      return problems.spendLimit;
    case 'number-refused':
      return problems.numberRefused;
    case 'pin-refused':
      return problems.pinRefused;
    case 'policy-forbids':
      return problems.policyForbids;
    case 'token-unknown':
      return problems.tokenUnknown;
    case 'invitation-needed':
      return problems.invitationNeeded;
    default:
      return problems.unknown;
  }
}
