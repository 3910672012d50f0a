/** A user whose codes come by mail: the carrier only writes down, and what it wrote can be read like a mailbox. */
import { callKey, callPartition } from '../../shared/delivery/call-record.ts';
import type { EmailCarrier, Mail, SentMail } from '../../shared/delivery/email-carrier.ts';
import { fromSendItem, type MessageRecord } from '../../shared/delivery/message-record.ts';
import { addFactor } from '../../shared/enrollment/add-factor.ts';
import { confirmFactor } from '../../shared/enrollment/confirm-factor.ts';
import { changeFactor, type ChangeInput } from '../../shared/enrollment/change-factor.ts';
import { answerEmailVerification, sendEmailVerification, type MailPurpose, type MailedView, type VerificationView } from '../../shared/enrollment/email-verification.ts';
import type { ChangeRequest } from '../../shared/enrollment/enrollment-dependencies.ts';
import { removeFactor } from '../../shared/enrollment/remove-factor.ts';
import { hashAddress, hintOfAddress } from '../../shared/factors/mail-address.ts';
import { writeObjectId } from '../../shared/platform/object-id.ts';
import { answerChallenge } from '../../shared/sign-in/answer-challenge.ts';
import type { ChallengeView } from '../../shared/sign-in/challenge-view.ts';
import { byMail } from '../../shared/sign-in/sending/by-mail.ts';
import { sendChallenge } from '../../shared/sign-in/sending/send-challenge.ts';
import type { EmailFactor } from '../../shared/user-state/factor.ts';
import { fromProfileItem, profileKey, type Profile } from '../../shared/users/profile.ts';
import { putUser, type UserFields } from '../../shared/users/put-user.ts';
import { findUser } from '../../shared/users/user-store.ts';
import { makeSignInWorld, portal, randomOf, type Sent, type SignInWorld } from './sign-in-world.ts';

export interface MailRight extends Sent {
  readonly proofs?: readonly string[];
  readonly challengeId?: string;
}

export interface MailWorld extends SignInWorld {
  readonly mailId: string;
  /** Everything that was sent, oldest first. */
  readonly mails: Mail[];
  /** What the carrier does next. */
  carrierAnswers: () => Promise<SentMail>;
  /** The code of the newest mail. */
  mailed(): string;
  send(challengeId: string, sent?: Sent): Promise<ChallengeView>;
  /** What was typed for the mail, or for the factor that is named. */
  type(challengeId: string, answer: string, factorId?: string): Promise<ChallengeView>;
  record(challengeId: string): Promise<MessageRecord | undefined>;
  profile(): Promise<Profile>;
  /** As an administrator, or the portal, would. */
  put(fields: Partial<UserFields>): Promise<void>;
  verify(purpose?: MailPurpose, sent?: Sent): Promise<MailedView>;
  answerMail(answer: string, sent?: Sent): Promise<VerificationView>;
  add(right?: MailRight): Promise<Record<string, unknown>>;
  confirm(factorId: unknown, answer: string): Promise<Record<string, unknown>>;
  change(input: ChangeInput, right?: MailRight): Promise<Record<string, unknown>>;
  remove(right?: MailRight): Promise<void>;
}

/** Past the half minute between two mails to one address. */
export const betweenMails = 31_000;

function operations(world: SignInWorld, mailId: Uint8Array, mails: Mail[], answers: () => Promise<SentMail>) {
  const { stage, user } = world;
  const carrier: EmailCarrier = {
    send: (mail) => {
      mails.push(mail);
      return answers();
    },
  };
  const deps = { ...world.deps, senders: { mail: byMail(carrier) }, mail: carrier };
  const mailName = writeObjectId(stage.keys, 'fac', { ...user.home, random: mailId });
  const profile = async () => fromProfileItem((await stage.table.read([profileKey(user.home.userKey)]))[0] ?? {});
  const about = async (sent: Sent, ...content: string[]) => ({ ...(await world.about(sent, ...content)), profile: await profile() });
  const request = async ({ proofs = [], challengeId, ...sent }: MailRight, ...content: string[]): Promise<ChangeRequest> => ({
    ...(await about(sent, ...content)), clientId: sent.clientId ?? portal, proofs, challengeId,
  });
  const itemOf = async (challengeId: string) => (await stage.table.read([callKey(callPartition(randomOf(stage, challengeId)))]))[0];
  return {
    profile,
    send: async (challengeId: string, sent: Sent = {}) =>
      sendChallenge(deps, await about(sent, 'send', challengeId), { challengeId: randomOf(stage, challengeId), factorId: mailId, sendItem: await itemOf(challengeId) }),
    type: async (challengeId: string, answer: string, factorId = mailName) =>
      answerChallenge(deps, await about({}, 'answer', challengeId, answer), { clientId: portal, challengeId: randomOf(stage, challengeId), factorId, answer }),
    record: async (challengeId: string) => fromSendItem(await itemOf(challengeId)) as MessageRecord | undefined,
    put: async (fields: Partial<UserFields>) => {
      const { displayName, email, identity } = await profile();
      const { context, mark } = await world.about({}, 'put', JSON.stringify(fields));
      const input = { organization: world.organization, home: user.home, userId: user.state.userId, found: await findUser(stage.table, user.home), context, mark };
      await putUser(stage.deps, { ...input, fields: { displayName, email, identity, ...fields } });
    },
    verify: async (purpose: MailPurpose = 'verify', sent: Sent = {}) => sendEmailVerification(deps, await about(sent, 'verify', purpose), sent.clientId ?? portal, purpose),
    answerMail: async (answer: string, sent: Sent = {}) => answerEmailVerification(deps, await about(sent, 'answer-mail', answer), sent.clientId ?? portal, answer),
    add: async (right: MailRight = {}) => addFactor(deps, await request(right, 'add'), { kind: 'email' }),
    confirm: async (factorId: unknown, answer: string) => confirmFactor(deps, await request({}, 'confirm', answer), String(factorId), { answer }),
    change: async (input: ChangeInput, right: MailRight = {}) => changeFactor(deps, await request(right, 'change'), mailName, input),
    remove: async (right: MailRight = {}) => removeFactor(deps, await request(right, 'remove'), mailName),
  };
}

/** With a mail factor in use, beside the app unless said otherwise. */
export async function makeMailWorld({ only = false, without = false }: { only?: boolean; without?: boolean } = {}): Promise<MailWorld> {
  const world = await makeSignInWorld();
  const { stage, user, organization } = world;
  await world.setPolicy({ methods: [...organization.policy.methods, 'email'] });
  const id = new Uint8Array(stage.deps.random.bytes(8));
  const { email } = user.profile;
  const factor: EmailFactor = { id, kind: 'email', status: 'active', createdAt: stage.clock.now(), address: hashAddress(stage.keys, user.state, email), hint: hintOfAddress(email) };
  await world.setState((state) => ({ ...state, factors: [...(only ? [] : state.factors), ...(without ? [] : [factor])] }));
  const mails: Mail[] = [];
  const made: MailWorld = Object.assign(Object.create(world) as SignInWorld, {
    mailId: writeObjectId(stage.keys, 'fac', { ...user.home, random: id }),
    mails,
    carrierAnswers: (): Promise<SentMail> => Promise.resolve({ outcome: 'sent', messageId: `mail-${String(mails.length)}` }),
    mailed: () => /\n\n(\d{6,8})\n\n/.exec(mails.at(-1)?.text ?? '')?.[1] ?? '',
    ...operations(world, id, mails, () => made.carrierAnswers()),
  });
  return made;
}
