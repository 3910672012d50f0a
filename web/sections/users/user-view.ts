/** One user: who it is, how things stand, what is set up, and what can be done about it. */
import { element, paragraph, type Content } from '../../dom/element.ts';
import { facts } from '../../dom/facts.ts';
import { tableOf } from '../../dom/table.ts';
import { timeText } from '../../frame/texts.ts';
import type { Console } from '../../pages/console/console.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import { actionRows } from './actions.ts';
import { invitationBox } from './invitation.ts';
import { readPolicy } from './policy-rules.ts';
import { recentEvents } from './recent-events.ts';
import { languageName } from './user-fields.ts';
import { mfaState, states, warnings, type User, type UserFactor } from './user.ts';

function profileFacts(console: Console, words: UsersWords, user: User): HTMLElement {
  const { userId, email, emailVerified, role, identity, locale, audiences, lastSignIn, createdAt } = user;
  return facts([
    [words.userId, userId],
    [words.email, `${email} (${emailVerified ? words.verified : words.unverified})`],
    [words.role, console.words.roles[role]],
    [words.identity, words.identities[identity]],
    [words.audiences, audiences?.join(', ') ?? words.everything],
    [words.locale, languageName(locale)],
    [words.lastSignIn, lastSignIn === undefined ? console.words.never : timeText(lastSignIn)],
    [words.created, timeText(createdAt)],
  ]);
}

/** What is set up, by hints alone: no number, no key and no address ever comes here whole. */
function factorTable(words: UsersWords, factors: readonly UserFactor[]): Content[] {
  if (factors.length === 0) return [paragraph(words.noFactors)];
  const nameOf = ({ kind, method, label }: UserFactor): string => {
    const methods = words.phone.methods as Readonly<Record<string, string>>;
    const way = method === undefined ? undefined : methods[method];
    return [label ?? words.kinds[kind] ?? kind, ...(way === undefined ? [] : [way])].join(': ');
  };
  const table = tableOf<UserFactor>(words.factors, [
    { name: words.factorKind, cell: nameOf },
    { name: words.factorHint, cell: ({ hint }) => hint },
    { name: words.factorStatus, cell: ({ status }) => words.factorStatuses[status] },
    { name: words.created, cell: ({ createdAt }) => timeText(createdAt) },
  ]);
  table.add(factors);
  return [element('div', { class: 'list' }, table.box)];
}

function licenseLine(words: UsersWords, { licenses }: User): Content[] {
  return licenses.length === 0 ? [] : [paragraph(`${words.licenses}: ${licenses.map((item) => words.licenseNames[item] ?? item).join(', ')}.`)];
}

export async function showUser(console: Console, words: UsersWords, userId: string): Promise<void> {
  const at = console.at('users', userId);
  const events = recentEvents(console, words, userId);
  const read = await Promise.all([console.askTagged<User>('GET', at), readPolicy(console), events]);
  const [tagged, policy, found] = read;
  const user = tagged.body;
  const invitation = await invitationBox(console, words, user);
  const content = [
    element('p', {}, console.link(words.backToList, 'users')),
    states(mfaState(words, user), ...warnings(words, user)),
    paragraph(words.mfaMeans[user.mfa], { class: 'soft' }),
    ...actionRows({ console, words, tagged, policy }),
    ...invitation,
    element('h2', {}, words.factors),
    ...factorTable(words, user.factors),
    ...licenseLine(words, user),
    element('h2', {}, words.profile),
    profileFacts(console, words, user),
    element('h2', {}, words.events),
    ...found,
  ];
  console.show({ title: user.displayName, content });
}
