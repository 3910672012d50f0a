/**
 * Marks a user's address as one that mail does not reach, or whose owner does not want it: nothing more is sent there
 * until another takes its place. The mark is in the profile, which the mail's own tag leads to: an item for each address
 * would outlive the user, and would let one organization learn of another's mail.
 */
import type { Write } from '../platform/dynamo/table.ts';
import { organizationKeyOf } from '../platform/object-id.ts';
import { Problem } from '../platform/problems/problem.ts';
import { commit, type CommitDependencies } from '../user-state/commit.ts';
import type { Decision } from '../user-state/decision.ts';
import { endEnrollment } from '../user-state/end-enrollment.ts';
import { markRequest } from '../user-state/receipts.ts';
import { settle } from '../user-state/settle.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../user-state/user-state-item.ts';
import type { UserState } from '../user-state/user-state.ts';
import { cutMail } from './mail-reach.ts';
import { fromProfileItem, profileKey, type EmailProblem, type Profile } from './profile.ts';

export interface MailTrouble {
  readonly userKey: string;
  /** To whom that mail went. */
  readonly addresses: readonly string[];
  readonly problem: EmailProblem;
  /** The carrier's name for the mail: the same event may come again. */
  readonly messageId: string;
}

export type MarkedEmail = 'marked' | 'marked-already' | 'other-address' | 'unknown-user';

const fold = (address: string): string => address.toLowerCase();

function decideMark(read: UserState, problem: EmailProblem, now: number): Decision<MarkedEmail> {
  const { state, events } = settle(read, now);
  // Whoever was invited there does not read it: what was kept for them is free again, and those who administer are told.
  const ended = problem === 'bounced' ? endEnrollment(state, 'undeliverable', { detail: { reason: problem }, notice: 'enrollment-undeliverable' }) : { state, events: [] };
  return {
    outcome: 'marked',
    next: cutMail(ended.state, 'problem'),
    events: [{ kind: `email-${problem}` }, ...ended.events, ...events],
    receipt: { outcome: 'changed', about: new Uint8Array(4) },
  };
}

/** Only the address that the mail went to: another may have taken its place since. */
function markWrite(table: string, userKey: string, { email }: Profile, problem: EmailProblem): Write {
  const { pk, sk } = profileKey(userKey);
  return {
    Update: {
      TableName: table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: 'SET emailProblem = :problem ADD version :one',
      ConditionExpression: 'email = :email AND (attribute_not_exists(emailProblem) OR emailProblem <> :problem)',
      ExpressionAttributeValues: { ':problem': { S: problem }, ':email': { S: email }, ':one': { N: '1' } },
    },
  };
}

export async function markEmail(deps: CommitDependencies, trouble: MailTrouble, requestId: string): Promise<MarkedEmail> {
  const { userKey, addresses, problem, messageId } = trouble;
  const [stateItem, profileItem] = await deps.table.read([userStateKey(userKey), profileKey(userKey)]);
  if (!stateItem || !profileItem || isTombstone(stateItem)) return 'unknown-user';
  const [state, profile] = [fromUserStateItem(stateItem), fromProfileItem(profileItem)];
  if (!addresses.some((address) => fold(address) === fold(profile.email))) return 'other-address';
  if (profile.emailProblem === problem) return 'marked-already';
  const home = { organizationKey: organizationKeyOf(deps.keys, profile.organizationId), userKey };
  const { outcome } = await commit<MarkedEmail>(deps, {
    home,
    state,
    context: { requestId, door: 'mail' },
    mark: markRequest(deps.keys, 'mail', messageId, [problem]),
    decide: (read, now) => decideMark(read, problem, now),
    recall: () => 'marked-already',
    also: () => [markWrite(deps.table.name, userKey, profile, problem)],
    // Changed in between: the event comes again, and is then about what there is.
    refused: () => {
      throw new Problem('unavailable', { retryAfterSeconds: 1 });
    },
  });
  return outcome;
}
