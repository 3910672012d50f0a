/**
 * The step that an enrollment's workflow repeats: mails what is due, ends what has run out, and says how long to wait. The state decides;
 * each mail goes out once, however often the step is run, and the link stands in the mail and nowhere else.
 */
import { second } from '../../platform/clock.ts';
import { commit, type CommitDependencies } from '../../user-state/commit.ts';
import type { Decision } from '../../user-state/decision.ts';
import { invitationLife, reminderAfter, type Enrollment } from '../../user-state/enrollment.ts';
import { markRequest } from '../../user-state/receipts.ts';
import { timeOf } from '../../user-state/settle.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { decideExpire, decideRemind, decideUndeliverable } from './decide-enroll.ts';
import { readSubject, type AdvanceDependencies, type EnrollmentSubject } from './enrollment-subject.ts';
import { mailInvitation } from './mail-invitation.ts';

/** For the workflow: what to wait for, and for how long. */
export interface Advanced {
  readonly next: 'wait' | 'done';
  readonly generation: number;
  readonly state: string;
  readonly seconds: number;
}

const done: Advanced = { next: 'done', generation: 0, state: 'over', seconds: 0 };

async function decide<O>(deps: CommitDependencies, subject: EnrollmentSubject, step: string, requestId: string, rule: (read: UserState, now: number) => Decision<O>, recalled: O): Promise<O> {
  const { home, state, record, organization, enrollment } = subject;
  const { outcome } = await commit<O>(deps, {
    home,
    state,
    context: { requestId, door: 'workflow', policyVersion: organization.policy.version },
    mark: markRequest(deps.keys, 'workflow', `${record.enrollmentId}/${String(enrollment.generation)}/${step}`, [step]),
    decide: rule,
    recall: () => recalled,
  });
  return outcome;
}

const remindsAt = ({ until }: Enrollment): number => until - invitationLife + reminderAfter;

/** What has to be mailed now: the newest invitation first. */
function mailDue({ enrollment, record }: EnrollmentSubject, now: number): 'invitation' | 'reminder' | undefined {
  const { status, generation } = enrollment;
  if (status === 'registering') return undefined;
  if (record.invited !== generation) return 'invitation';
  const isDue = status === 'reminded' ? record.reminded !== generation : now >= remindsAt(enrollment);
  return isDue ? 'reminder' : undefined;
}

const waitFor = ({ enrollment }: EnrollmentSubject, state: Enrollment['status'], now: number): Advanced => {
  const wakesAt = state === 'invited' ? Math.min(remindsAt(enrollment), enrollment.until) : enrollment.until;
  return { next: 'wait', generation: enrollment.generation, state, seconds: Math.max(1, Math.ceil((wakesAt - now) / second)) };
};

async function undeliverable(deps: CommitDependencies, subject: EnrollmentSubject, requestId: string, reason: string): Promise<Advanced> {
  await decide(deps, subject, 'undeliverable', requestId, (read, now) => decideUndeliverable(read, subject.id, reason, now), 'ended');
  return done;
}

async function mailDueNow(deps: AdvanceDependencies, subject: EnrollmentSubject, what: 'invitation' | 'reminder', requestId: string): Promise<Advanced> {
  let { status } = subject.enrollment;
  if (what === 'reminder' && status === 'invited') {
    const reminded = await decide(deps, subject, 'remind', requestId, (read, now) => decideRemind(read, subject.enrollment, now), 'reminded' as const);
    // Somebody is registering, or was invited anew: look again.
    if (reminded !== 'reminded') return advanceEnrollment(deps, subject.record.enrollmentId, requestId);
    status = 'reminded';
  }
  const mailed = await mailInvitation(deps, subject, what);
  if (mailed === 'refused' && what === 'invitation') return undeliverable(deps, subject, requestId, 'mail-refused');
  return waitFor(subject, status, deps.clock.now());
}

export async function advanceEnrollment(deps: AdvanceDependencies, enrollmentId: string, requestId: string): Promise<Advanced> {
  const subject = await readSubject(deps, enrollmentId);
  if (!subject) return done;
  const now = timeOf(subject.state, deps.clock.now());
  if (now >= subject.enrollment.until) {
    await decide(deps, subject, 'expire', requestId, (read, at) => decideExpire(read, subject.id, at), 'ended');
    return done;
  }
  const due = mailDue(subject, now);
  return due ? mailDueNow(deps, subject, due, requestId) : waitFor(subject, subject.enrollment.status, now);
}

/** Our side could not mail it for long enough: nobody waits for it any longer. */
export async function failEnrollment(deps: CommitDependencies, enrollmentId: string, requestId: string): Promise<Advanced> {
  const subject = await readSubject(deps, enrollmentId);
  return subject ? undeliverable(deps, subject, requestId, 'mail-failed') : done;
}
