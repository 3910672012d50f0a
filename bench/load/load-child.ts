/** An installation of its own with any number of users, whose sign-ins run when they are asked for. */
import { totpPeriod } from '../../shared/factors/kinds/totp.ts';
import { obey } from '../report/processes.ts';
import { moveToNextStep } from '../stage/clock.ts';
import { openStage, startOf, type Stage } from '../stage/stage.ts';
import { codeNow, userIdOf } from '../stage/totp-users.ts';
import { findViolations, type Violations } from './violations.ts';

export interface LoadSettings {
  readonly users: number;
}

export type LoadRequest =
  | { readonly do: 'sign in'; readonly count: number; readonly perSecond?: number }
  | { readonly do: 'find violations' };

export interface Load {
  /** Milliseconds of this process: the engine's are not in it. */
  readonly cpu: number;
  readonly wall: number;
  readonly signIns: number;
  readonly approved: number;
}

export type LoadAnswer = Load | Violations;

export const prefix = 'load';
/** As many at once as there are users in the smallest installation. */
const atOnce = 10;

/** Far apart, so that they are not neighbors in the engine. */
const userNumber = (count: number, users: number): number => (count * 7919) % users;

async function signIn({ call }: Stage, userId: string): Promise<boolean> {
  const { body } = await call('startChallenge', {}, startOf(userId, codeNow()));
  return body['status'] === 'approved';
}

/** Ten at once and then the next ten, half a minute later by the clock that the functions read. */
async function signInMany(stage: Stage, users: number, count: number, perSecond?: number): Promise<Load> {
  let approved = 0;
  const [cpuAt, begun] = [process.cpuUsage(), performance.now()];
  for (let done = 0; done < count; done += atOnce) {
    moveToNextStep(totpPeriod);
    const numbers = Array.from({ length: atOnce }, (_, position) => userNumber(done + position, users));
    const answers = await Promise.all(numbers.map((number) => signIn(stage, userIdOf(prefix, number))));
    approved += answers.filter(Boolean).length;
    stage.doors.takeLog();
    const due = perSecond === undefined ? 0 : begun + ((done + atOnce) / perSecond) * 1000;
    if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
  }
  const { user, system } = process.cpuUsage(cpuAt);
  return { cpu: (user + system) / 1000, wall: performance.now() - begun, signIns: count, approved };
}

obey<LoadSettings, LoadRequest>(async ({ users }) => {
  const stage = await openStage();
  await stage.addTotpUsers(prefix, users);
  process.once('disconnect', () => void stage.stop());
  return {
    first: stage.table.engine,
    answer: (request): Promise<LoadAnswer> =>
      request.do === 'sign in' ? signInMany(stage, users, request.count, request.perSecond) : findViolations(stage, users),
  };
});
