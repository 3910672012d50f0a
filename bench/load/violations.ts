/** What must not happen, however many try at once: a code or a result taken twice, more guesses answered than are allowed. */
import { totpPeriod } from '../../shared/factors/kinds/totp.ts';
import { wrongAnswersPerChallenge } from '../../shared/user-state/failures.ts';
import type { ApiAnswer } from '../stage/doors.ts';
import { moveToNextStep } from '../stage/clock.ts';
import { startOf, type Stage } from '../stage/stage.ts';
import { codeNow, userIdOf, wrongCode } from '../stage/totp-users.ts';

export interface Violations {
  /** Codes that were accepted more than once. */
  readonly replays: number;
  /** Wrong answers that were told to be wrong beyond the fifth. */
  readonly guesses: number;
  /** Results that were redeemed more than once. */
  readonly redemptions: number;
  /** Right answers that were accepted from a locked user. */
  readonly openLocks: number;
  readonly tries: number;
}

const atOnce = 20;
const guessesAtOnce = 40;
const people = 5;

const together = <T>(count: number, work: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, work));

const beyond = (count: number, most: number): number => Math.max(0, count - most);

async function replayCode({ call }: Stage, userId: string): Promise<{ extra: number; result: unknown }> {
  const answers = await together(atOnce, () => call('startChallenge', {}, startOf(userId, codeNow())));
  const approved = answers.filter(({ body }) => body['status'] === 'approved');
  return { extra: beyond(approved.length, 1), result: approved[0]?.body['result'] };
}

async function redeemMany({ call }: Stage, result: unknown): Promise<number> {
  const answers = await together(atOnce, () => call('redeemResult', {}, { result }));
  return beyond(answers.filter(({ status }) => status === 200).length, 1);
}

/** Once the user is locked, right and wrong are answered alike: only a counted answer tells how many are left. */
const isRevealed = ({ status, body }: ApiAnswer): boolean => status === 200 && 'answersLeft' in body;

async function guess({ call }: Stage, userId: string): Promise<{ revealed: number; open: number }> {
  const { body } = await call('startChallenge', {}, startOf(userId));
  const path = { challengeId: String(body['challengeId']) };
  const answers = await together(guessesAtOnce, () => call('answerChallenge', path, { answer: wrongCode() }));
  const right = await call('answerChallenge', path, { answer: codeNow() });
  const revealed = answers.filter(isRevealed).length;
  return { revealed: beyond(revealed, wrongAnswersPerChallenge), open: right.body['status'] === 'approved' ? 1 : 0 };
}

export async function findViolations(stage: Stage, users: number): Promise<Violations> {
  let found: Violations = { replays: 0, guesses: 0, redemptions: 0, openLocks: 0, tries: 0 };
  for (let person = 0; person < Math.min(people, users); person += 1) {
    const userId = userIdOf('load', person);
    moveToNextStep(totpPeriod);
    const { extra, result } = await replayCode(stage, userId);
    const redemptions = await redeemMany(stage, result);
    const { revealed, open } = await guess(stage, userId);
    found = {
      replays: found.replays + extra,
      guesses: found.guesses + revealed,
      redemptions: found.redemptions + redemptions,
      openLocks: found.openLocks + open,
      tries: found.tries + 2 * atOnce + guessesAtOnce,
    };
  }
  stage.doors.takeLog();
  return found;
}
