/** The section of policy: every rule with its lineage, in groups that are saved each by itself. */
import type { Tagged } from '../../ask/ask.ts';
import { form } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import type { Console, Place as Telling } from '../../pages/console/console.ts';
import { addressOf } from '../../pages/console/place.ts';
import type { PolicyWords } from '../../words/en/console-policy.ts';
import type { Place } from './lineage.ts';
import { letsSomebodyIn } from './method-rows.ts';
import type { Policy, PolicyChange, RuleName } from './policy-answers.ts';
import { changeOf, isEmpty, type Values } from './policy-patch.ts';
import { review } from './review.ts';
import { ruleBox, type RuleBox, type RuleBoxOptions } from './rule-box.ts';

type GroupName = keyof PolicyWords['groups'];

const groups: { readonly [Name in GroupName]: readonly RuleName[] } = {
  requirement: ['enforcement', 'appliesTo', 'setUpWindowDays'],
  ways: ['methods', 'minimumAcr', 'passkeys', 'pin'],
  telephones: ['countries', 'spend'],
  guard: ['lockout', 'protects'],
};

interface Drawing {
  readonly console: Console;
  readonly words: PolicyWords;
  readonly before: Tagged<Policy>;
  readonly options: RuleBoxOptions;
}

/** Undefined when something is not filled in well. */
function readValues(boxes: readonly RuleBox[]): Values | undefined {
  const open = boxes.filter(({ isOpen }) => isOpen);
  // All of them, so that each says what is wrong with it; the first keeps the focus.
  const read = open.toReversed().map(({ name, read: readRule }) => [name, readRule()] as const);
  return read.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(read);
}

function letsIn({ rules }: Policy, change: PolicyChange): boolean {
  return letsSomebodyIn({
    methods: change.methods ?? rules.methods.value,
    minimumAcr: change.minimumAcr ?? rules.minimumAcr.value,
    countries: change.countries ?? rules.countries.value,
  });
}

/** The page is long: what there is to say about a group is said where its button is. */
function groupLine(): { readonly box: HTMLElement; readonly where: Telling } {
  const box = element('p', { class: 'told bad', role: 'alert' });
  const tell: Telling['tell'] = (text, tone = 'plain') => {
    box.className = tone === 'bad' ? 'told bad' : 'told';
    box.textContent = text;
  };
  return { box, where: { tell } };
}

async function send(drawing: Drawing, boxes: readonly RuleBox[], where: Telling): Promise<void> {
  const { console, words, before } = drawing;
  const values = readValues(boxes);
  where.tell('');
  if (!values) return;
  const change = changeOf(values, before.body);
  if (isEmpty(change)) where.tell(words.nothingChanged);
  else if (!letsIn(before.body, change)) where.tell(words.nobodyIn, 'bad');
  else {
    await review({
      console,
      words,
      before,
      change,
      where,
      done: () => console.goTelling(words.saved, 'policy'),
      late: async () => {
        await drawPolicy(console, words, values);
        console.tell(words.changedMeanwhile, 'bad');
      },
    });
  }
}

function groupBox(drawing: Drawing, group: GroupName): HTMLElement {
  const { words, options } = drawing;
  const boxes = groups[group].map((name) => ruleBox(name, options));
  const content = boxes.map(({ box }) => box);
  const isOpen = boxes.some((each) => each.isOpen);
  const { box: line, where } = groupLine();
  const body = isOpen ? form(words.save(words.groups[group]), () => send(drawing, boxes, where), ...content, line) : element('div', {}, ...content);
  return element('section', {}, element('h2', {}, words.groups[group]), body);
}

function takeBack(console: Console, words: PolicyWords, before: Tagged<Policy>, name: RuleName): void {
  openAction(console, {
    title: words.takeBackOf(words.rules[name]),
    text: [words.takeBackText],
    doName: words.takeBack,
    act: () => console.ask('PATCH', console.at('policy'), { [name]: null }, { ifMatch: before.etag }),
    done: () => console.goTelling(words.takenBack, 'policy'),
  });
}

function introduction({ words, options: { place, mayAdminister } }: Drawing): Content[] {
  const { policy, setterId, organizationId } = place;
  const isAbove = setterId !== organizationId && policy.parent?.organizationId === setterId;
  const above = policy.parent?.name ?? '';
  const toAll = element('p', {}, `${words.forCompany(above)} `, element('a', { href: addressOf(setterId, 'policy') }, words.toReseller(above)));
  const since = policy.enforcedAt === undefined ? undefined : new Date(policy.enforcedAt).toLocaleString(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' });
  return [
    paragraph(words.intro),
    mayAdminister ? undefined : paragraph(words.readsOnly, { class: 'soft' }),
    isAbove && mayAdminister ? toAll : undefined,
    policy.parent === undefined ? paragraph(words.forCompanies, { class: 'soft' }) : undefined,
    since === undefined ? undefined : paragraph(words.since(since), { class: 'soft' }),
    policy.telephoneOnlyAcceptedBy === undefined ? undefined : paragraph(words.acceptedBy(policy.telephoneOnlyAcceptedBy), { class: 'soft' }),
  ];
}

async function drawPolicy(console: Console, words: PolicyWords, pending?: Values): Promise<void> {
  const before = await console.askTagged<Policy>('GET', console.at('policy'));
  const { organizationId, name } = console.organization;
  const place: Place = { organizationId, name, setterId: console.person.organizationId, policy: before.body };
  const mayAdminister = console.may('administrator');
  const options: RuleBoxOptions = { words, place, mayAdminister, ...(pending ? { pending } : {}), takeBack: (rule) => takeBack(console, words, before, rule) };
  const drawing = { console, words, before, options };
  const boxes = (Object.keys(groups) as GroupName[]).map((group) => groupBox(drawing, group));
  console.show({ title: words.titleOf(name), content: [...introduction(drawing), ...boxes] });
}

export const draw = (console: Console, words: PolicyWords): Promise<void> => drawPolicy(console, words);
