/** A user who is invited to set up a first factor: the real operations and the workflow's step, a mailbox, and a telephone that only counts. */
import { advanceEnrollment, failEnrollment, type Advanced } from '../../shared/enrollment/invitations/advance-enrollment.ts';
import { createEnrollment } from '../../shared/enrollment/invitations/create-enrollment.ts';
import type { EnrollPhoneInput } from '../../shared/enrollment/invitations/enrolled-number.ts';
import type { EnrollmentView } from '../../shared/enrollment/invitations/enrollment-view.ts';
import { cancelEnrollment, getEnrollment, resendEnrollment } from '../../shared/enrollment/invitations/manage-enrollment.ts';
import { disableUser, resetUser, type ResetUserInput } from '../../shared/enrollment/invitations/reset-user.ts';
import { addFactor } from '../../shared/enrollment/add-factor.ts';
import { confirmFactor } from '../../shared/enrollment/confirm-factor.ts';
import type { EnrollmentDependencies } from '../../shared/enrollment/enrollment-dependencies.ts';
import type { SetUpRequest } from '../../shared/enrollment/kinds/set-up-kinds.ts';
import type { EmailCarrier, Mail, SentMail } from '../../shared/delivery/email-carrier.ts';
import { openSession, type Opened } from '../../shared/pages/open-session.ts';
import { readObjectId } from '../../shared/platform/object-id.ts';
import { byCall } from '../../shared/sign-in/sending/by-call.ts';
import { byMail } from '../../shared/sign-in/sending/by-mail.ts';
import type { About } from '../../shared/sign-in/sign-in-dependencies.ts';
import { enrollmentKey, fromEnrollmentItem, type EnrollmentRecord } from '../../shared/user-state/enrollment-item.ts';
import { licenseItemKey } from '../../shared/user-state/license-count.ts';
import { toAttributes } from '../../shared/platform/dynamo/attributes.ts';
import { fromProfileItem, profileKey, toProfileItem, type Profile } from '../../shared/users/profile.ts';
import { makeSignInWorld, type Sent, type SignInWorld } from './sign-in-world.ts';
import { codeOfKey } from './set-up-world.ts';

/** As clients are really named: it stands in cookies. */
const portal = 'portalabcdefghij';

export const usNumber: EnrollPhoneInput = { number: { country: 'US/CA', phoneNumber: '202 555 0142' } };

export interface EnrollmentWorld extends SignInWorld {
  readonly own: EnrollmentDependencies;
  readonly mails: Mail[];
  /** What the mail's carrier does next. */
  carrierAnswers: () => Promise<SentMail>;
  profile(): Promise<Profile>;
  setProfile(changes: Partial<Profile>): Promise<void>;
  buy(limit: number): Promise<void>;
  /** Of licenses for telephones. */
  used(): Promise<number>;
  invite(phone?: EnrollPhoneInput, sent?: Sent): Promise<EnrollmentView>;
  look(enrollmentId: string): Promise<EnrollmentView>;
  resend(enrollmentId: string): Promise<EnrollmentView>;
  withdraw(enrollmentId: string): Promise<EnrollmentView>;
  record(enrollmentId: string): Promise<EnrollmentRecord | undefined>;
  /** What the workflow does when it is started, woken, or time is up. */
  advance(enrollmentId: string): Promise<Advanced>;
  giveUp(enrollmentId: string): Promise<Advanced>;
  /** The link of the newest mail. */
  link(): string;
  open(link: string): Promise<Opened>;
  /** By somebody who knows the password. */
  press(link: string): Promise<Opened>;
  add(opened: Opened, input?: SetUpRequest): Promise<Record<string, unknown>>;
  confirm(opened: Opened, added: Record<string, unknown>): Promise<Record<string, unknown>>;
  reset(more?: Partial<ResetUserInput>): Promise<void>;
  disable(more?: Partial<ResetUserInput>): Promise<void>;
}

const linkOf = ({ text }: Mail): string => /https:\/\/\S+/.exec(text)?.[0] ?? '';

/** `beside` is a world of another user of the same organization. */
export async function makeEnrollmentWorld(beside?: EnrollmentWorld, userId = 'u-1'): Promise<EnrollmentWorld> {
  const world = await makeSignInWorld(beside, userId);
  const { stage, user, deps } = world;
  await world.setState((state) => ({ ...state, factors: [] }));
  const mails: Mail[] = [];
  const carrier: EmailCarrier = {
    send: async (mail) => {
      const outcome = await made.carrierAnswers();
      if (outcome.outcome === 'sent') mails.push(mail);
      return outcome;
    },
  };
  const own: EnrollmentDependencies = { ...deps, senders: { call: byCall({ start: () => Promise.resolve() }), mail: byMail(carrier) } };
  const workflow = { ...deps, mail: carrier, pagesUrl: 'https://pages.example.com' };
  const profile = async () => fromProfileItem((await stage.table.read([profileKey(user.home.userKey)]))[0] ?? {});
  const about = async (sent: Sent, ...content: string[]): Promise<About> => ({ ...(await world.about(sent, ...content)), profile: await profile() });
  const client = async () => (await stage.makeClient({ clientId: portal, returnUrls: ['https://portal.example.com/back'] })).client;
  const input = async (more: Partial<ResetUserInput>): Promise<ResetUserInput> => ({ reason: 'lost the telephone', actor: undefined, client: await client(), canMail: true, ...more });
  const change = async (opened: Opened, ...content: string[]) => ({
    ...(await about({}, ...content)), clientId: portal, proofs: [], enrollmentId: opened.session.enrollment,
  });
  const open = async (link: string) => openSession(deps, link.split('#')[1] ?? '', { requestId: String(Math.random()), door: 'page' });
  const operations = {
    own, mails, profile,
    carrierAnswers: (): Promise<SentMail> => Promise.resolve({ outcome: 'sent', messageId: 'm-1' }),
    setProfile: async (changes: Partial<Profile>) => stage.put(toProfileItem(user.home.userKey, { ...(await profile()), ...changes })),
    buy: async (limit: number) => stage.put(toAttributes({ ...licenseItemKey(user.home.organizationKey, 'phone'), limit, used: 0 })),
    used: async () => Number((await stage.table.read([licenseItemKey(user.home.organizationKey, 'phone')]))[0]?.['used']?.N ?? 0),
    invite: async (phone?: EnrollPhoneInput, sent: Sent = {}) => createEnrollment(own, await about(sent, 'invite'), { client: await client(), ...(phone ? { phone } : {}) }),
    look: async (enrollmentId: string) => getEnrollment(own, await about({}), enrollmentId),
    resend: async (enrollmentId: string) => resendEnrollment(own, await about({}, 'resend', enrollmentId), enrollmentId),
    withdraw: async (enrollmentId: string) => cancelEnrollment(own, await about({}, 'cancel', enrollmentId), enrollmentId),
    record: async (enrollmentId: string) => {
      const random = readObjectId(stage.keys, 'enr', enrollmentId)?.random ?? new Uint8Array();
      return fromEnrollmentItem((await stage.table.read([enrollmentKey(random)]))[0]);
    },
    advance: async (enrollmentId: string) => advanceEnrollment(workflow, enrollmentId, 'workflow'),
    giveUp: async (enrollmentId: string) => failEnrollment(deps, enrollmentId, 'workflow'),
    link: () => linkOf(mails.at(-1) ?? ({ text: '' } as Mail)),
    open,
    press: async (link: string) => {
      const opened = await open(link);
      await world.setState((state) => (state.enrollment ? { ...state, enrollment: { ...state.enrollment, validated: true } } : state));
      return opened;
    },
    add: async (opened: Opened, request: SetUpRequest = { kind: 'totp' }) => addFactor(own, await change(opened, 'add', request.kind), request),
    confirm: async (opened: Opened, added: Record<string, unknown>) =>
      confirmFactor(own, await change(opened, 'confirm'), String(added['factorId']), { answer: codeOfKey(added['secret'], stage.clock.now()) }),
    reset: async (more: Partial<ResetUserInput> = {}) => void (await resetUser(own, await about({}, 'reset'), await input(more))),
    disable: async (more: Partial<ResetUserInput> = {}) => void (await disableUser(own, await about({}, 'disable'), await input(more))),
  };
  const made: EnrollmentWorld = Object.defineProperties(operations, Object.getOwnPropertyDescriptors(world)) as unknown as EnrollmentWorld;
  return made;
}
