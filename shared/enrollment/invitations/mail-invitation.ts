/** Mails an invitation, or its reminder with the same link: claimed on the record first, so that two runs of one step send one mail. */
import { invitationMail } from '../../delivery/invitation-mail.ts';
import { languageOf } from '../../delivery/words/language.ts';
import { second } from '../../platform/clock.ts';
import { toAttributes } from '../../platform/dynamo/attributes.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { enrollmentKey, fromEnrollmentItem } from '../../user-state/enrollment-item.ts';
import { isAddressHeld } from './decide-enroll.ts';
import type { AdvanceDependencies, EnrollmentSubject } from './enrollment-subject.ts';
import { invitationUrl, writeInvitationToken } from './invitation-token.ts';

type What = 'invitation' | 'reminder';
export type Mailed = 'sent' | 'refused';

const marks = { invitation: 'invited', reminder: 'reminded' } as const;

/** Longer than the function may run: whoever claimed it before that is gone. */
const claimedFor = 40 * second;

const keyOf = ({ id }: EnrollmentSubject) => toAttributes({ ...enrollmentKey(id) });

async function claim({ table, clock }: AdvanceDependencies, subject: EnrollmentSubject, what: What): Promise<boolean> {
  const now = clock.now();
  return table.update({
    Key: keyOf(subject),
    UpdateExpression: 'SET mailingAt = :now',
    ConditionExpression:
      'generation = :generation AND (attribute_not_exists(mailingAt) OR mailingAt <= :stale) AND (attribute_not_exists(#mark) OR #mark <> :generation)',
    ExpressionAttributeNames: { '#mark': marks[what] },
    ExpressionAttributeValues: toAttributes({ ':now': now, ':stale': now - claimedFor, ':generation': subject.enrollment.generation }),
  });
}

/** Whoever claimed it says what became of it; a mail that could not be sent now may be tried again at once. */
async function settleClaim({ table }: AdvanceDependencies, subject: EnrollmentSubject, what: What, isOver: boolean): Promise<void> {
  await table.update({
    Key: keyOf(subject),
    UpdateExpression: isOver ? 'SET #mark = :generation REMOVE mailingAt' : 'REMOVE mailingAt',
    ConditionExpression: 'attribute_exists(pk)',
    ...(isOver
      ? { ExpressionAttributeNames: { '#mark': marks[what] }, ExpressionAttributeValues: toAttributes({ ':generation': subject.enrollment.generation }) }
      : {}),
  });
}

async function send(deps: AdvanceDependencies, subject: EnrollmentSubject, what: What): Promise<Mailed> {
  const { profile, organization, home, enrollment, state } = subject;
  // An address that mail came back from meanwhile, or whose owner wants none; or one that took the place of the known one.
  if (!deps.mail || profile.emailProblem || isAddressHeld(state, profile, deps.clock.now())) return 'refused';
  const token = writeInvitationToken(deps.keys, { home, enrollmentId: subject.id, generation: enrollment.generation });
  const mail = invitationMail({
    what,
    language: languageOf(profile.locale),
    organizationName: organization.name,
    supportName: organization.support?.name,
    url: invitationUrl(deps.pagesUrl, token),
    lasts: enrollment.until - deps.clock.now(),
  });
  return (await deps.mail.send({ ...mail, to: profile.email, about: { user: home.userKey } })).outcome;
}

/** Throws while the carrier is down, and while another run of the step is sending it: the step is tried again. */
export async function mailInvitation(deps: AdvanceDependencies, subject: EnrollmentSubject, what: What): Promise<Mailed> {
  if (!(await claim(deps, subject, what))) {
    const [item] = await deps.table.read([enrollmentKey(subject.id)]);
    if (fromEnrollmentItem(item)?.[marks[what]] === subject.enrollment.generation) return 'sent';
    throw new Problem('unavailable', { retryAfterSeconds: 5 });
  }
  try {
    const outcome = await send(deps, subject, what);
    await settleClaim(deps, subject, what, true);
    return outcome;
  } catch (error) {
    await settleClaim(deps, subject, what, false);
    throw error;
  }
}
