/** What the security page asks of the service: the API's own operations on oneself. */
import type { Confirmed, Person, SetUpFactor, SetUpOptions } from '../../ask/answers.ts';
import { ask, Refusal } from '../../ask/ask.ts';
import type { Mailed } from '../../proofs/ask-mailed-code.ts';
import type { Rights } from '../../proofs/prover.ts';
import { requestsAt, type SetUpRequests } from '../../set-ups/host.ts';

export interface Factor extends SetUpFactor {
  readonly createdAt: string;
  readonly rank?: number;
  readonly acr?: string;
  readonly unreachable?: 'moved' | 'problem';
}

export interface User {
  readonly displayName: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly emailProblem?: string;
  readonly audiences?: readonly string[];
  readonly mfa: string;
  readonly lock?: { readonly until?: string };
  readonly lastSignIn?: string;
  /** What is paid for and kept for this person. */
  readonly licenses: readonly string[];
  readonly factors: readonly Factor[];
}

export interface ActivityEvent {
  readonly eventId: string;
  readonly at: string;
  readonly kind: string;
  readonly factorId?: string;
  readonly method?: string;
  readonly purpose?: string;
  readonly audience?: string;
  readonly by?: 'self' | 'administrator';
  readonly from?: { readonly network?: string; readonly browser?: string; readonly system?: string };
}

export interface Activity {
  readonly events: readonly ActivityEvent[];
  readonly cursor?: string;
}

export interface FactorChanges {
  readonly label?: string;
  readonly status?: 'active' | 'inactive';
  readonly rank?: number;
  readonly method?: string;
  readonly pin?: string;
  readonly numbers?: object;
}

interface Answered {
  readonly emailVerified: boolean;
  readonly proof?: string;
  readonly reason?: string;
}

export interface Account {
  user(): Promise<User>;
  options(): Promise<SetUpOptions>;
  activity(cursor?: string): Promise<Activity>;
  readonly setUps: SetUpRequests;
  change(factorId: string, changes: FactorChanges, rights?: Rights): Promise<Factor>;
  resync(factorId: string, answer: string, nextAnswer: string): Promise<Confirmed>;
  remove(factorId: string, rights: Rights): Promise<void>;
  newRecoveryKey(rights: Rights): Promise<{ readonly recoveryKey: string }>;
  mailCode(purpose: 'verify' | 'change-factors'): Promise<Mailed>;
  answerMail(answer: string): Promise<Answered>;
  suspend(): Promise<void>;
  signOut(): Promise<void>;
}

/** For those who administer, who read English or have it read to them: it stands in the audit trail. */
const suspendReason = 'Said on the security page: this was not me.';

/** A used code is to the person as a wrong one is. */
async function accepted(work: () => Promise<Confirmed & { readonly reason?: string }>, look: () => Promise<SetUpFactor>): Promise<Confirmed> {
  try {
    const factor = await work();
    return { ...factor, isAccepted: factor.reason === undefined };
  } catch (error) {
    if (!(error instanceof Refusal) || error.problem !== 'answer-used') throw error;
    return { ...(await look()), isAccepted: false };
  }
}

export function accountOf({ organizationId, userId }: Person): Account {
  const path = `/page/v1/organizations/${encodeURIComponent(organizationId)}/users/${encodeURIComponent(userId)}`;
  const factors = requestsAt(`${path}/factors`);
  const at = (factorId: string): string => `${path}/factors/${factorId}`;
  return {
    user: () => ask('GET', path),
    options: () => ask('GET', '/page/set-up'),
    activity: (cursor) => ask('GET', `${path}/activity${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`),
    setUps: { ...factors, confirm: (factorId, codes) => accepted(() => factors.confirm(factorId, codes), () => factors.look(factorId)) },
    change: (factorId, changes, rights = {}) => ask('PATCH', at(factorId), { ...changes, ...rights }),
    resync: (factorId, answer, nextAnswer) => accepted(() => ask('POST', `${at(factorId)}/resync`, { answer, nextAnswer }), () => factors.look(factorId)),
    remove: (factorId, rights) => ask('POST', `${at(factorId)}/remove`, rights),
    newRecoveryKey: (rights) => ask('POST', `${path}/recovery-key`, rights),
    mailCode: (purpose) => ask('POST', `${path}/email-verification`, { purpose }),
    answerMail: (answer) => ask('POST', `${path}/email-verification/answer`, { answer }),
    suspend: () => ask('POST', `${path}/suspend`, { reason: suspendReason }),
    signOut: () => ask('POST', '/page/session/end'),
  };
}
