/** What a text method makes of an answer: a code that was typed, or a reply from the telephone itself. */
import { sameBytes } from '../../platform/crypto/keyed-hash.ts';
import type { PhoneFactor } from '../../user-state/factor.ts';
import { readReply } from '../read-reply.ts';
import { codeDigits, judgeCode } from '../sent-code.ts';
import type { Verdict, VerifyInput } from './factor-kind.ts';

/** Right, or a wrong PIN; judged by the caller, who knows how PINs are kept. */
export type JudgePin = (pin: string) => Verdict;

/** Code, then PIN, no spaces; people put some anyway. Both are compared, whatever the other gave. */
function judgeCodeAndPin(factor: PhoneFactor, input: VerifyInput, digits: string, judgePin: JudgePin): Verdict {
  const code = judgeCode(factor, { ...input, answer: digits.slice(0, codeDigits) });
  const pin = judgePin(digits.slice(codeDigits));
  // Without the code nobody has tried the PIN: only with it is a wrong one counted against it (D12).
  return code.is === 'right' ? pin : code;
}

export const judgeDigits = (shown: string | undefined, digits: string): Verdict =>
  shown !== undefined && sameBytes(Buffer.from(shown), Buffer.from(digits)) ? { is: 'right' } : { is: 'wrong' };

/** Answered by text: what the reply says counts, and STOP, HELP and talk count for nothing. */
export function judgeReply(factor: PhoneFactor, input: VerifyInput, judgePin: JudgePin): Verdict {
  const reply = readReply(input.answer);
  if (reply.says === 'fraud') return { is: 'fraud' };
  if (reply.says !== 'digits') return { is: 'nothing' };
  switch (factor.method) {
    case 'sms-reply':
      return judgeCode(factor, { ...input, answer: reply.digits });
    case 'sms-reply-pin':
      return judgeCodeAndPin(factor, input, reply.digits, judgePin);
    case 'sms-reply-match':
      return judgeDigits(input.sending?.show, reply.digits);
    default:
      return { is: 'nothing' };
  }
}
