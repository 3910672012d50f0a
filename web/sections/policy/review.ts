/** What a change of the policy means, before it is made: what stands and what would; whom it would touch; who answers for telephones alone. */
import { Refusal, type Tagged } from '../../ask/ask.ts';
import { field, form, type Field } from '../../dom/controls.ts';
import { openDialog, type Dialog } from '../../dom/dialog.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import type { Console, Place } from '../../pages/console/console.ts';
import type { PolicyWords } from '../../words/en/console-policy.ts';
import type { Policy, PolicyChange, RuleName } from './policy-answers.ts';
import { isWorthRehearsing, needsAcceptance } from './policy-patch.ts';
import { rehearsalReport, rehearse } from './rehearsal.ts';
import { changedText } from './rule-words.ts';

export interface Review {
  readonly console: Console;
  readonly words: PolicyWords;
  readonly before: Tagged<Policy>;
  readonly change: PolicyChange;
  /** Where it is said what went wrong, when there is no dialog. */
  readonly where: Place;
  done(): unknown;
  /** Somebody else was first. */
  late(): unknown;
}

async function save({ console, words, before, where, done, late }: Review, change: PolicyChange, dialog?: Dialog): Promise<void> {
  const saved = await console.attempt(async () => {
    try {
      await console.ask('PATCH', console.at('policy'), change, { ifMatch: before.etag });
      return 'saved' as const;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.problem === 'version-mismatch') return 'late' as const;
      if (error.problem !== 'policy-forbids') throw error;
      (dialog ?? where).tell(words.refused, 'bad');
      return undefined;
    }
  }, dialog ?? where);
  if (saved === undefined) return;
  dialog?.close();
  await (saved === 'saved' ? done() : late());
}

const changedNames = (change: PolicyChange): RuleName[] => Object.keys(change).filter((name) => name !== 'acceptTelephoneOnly') as RuleName[];

/** How it stands and how it would be, rule by rule. */
function changeList(words: PolicyWords, policy: Policy, change: PolicyChange): HTMLElement {
  const line = (name: string, text: string): HTMLElement => element('span', { class: 'line' }, element('span', { class: 'soft' }, `${name}: `), text);
  const rows = changedNames(change).map((name) =>
    element(
      'div',
      {},
      element('dt', {}, words.rules[name]),
      element('dd', { class: 'lines' }, line(words.before, changedText(words, name, policy.rules[name].value)), line(words.after, changedText(words, name, change[name] ?? policy.rules[name].value))),
    ),
  );
  return element('dl', { class: 'facts' }, ...rows);
}

/** Nobody has accepted anything yet: that telephones alone are accepted is only supposed. */
async function report({ console, words, change }: Review, isAccepted: boolean): Promise<Content[]> {
  const supposed = isAccepted ? { ...change, acceptTelephoneOnly: console.person.displayName } : change;
  try {
    return rehearsalReport(console, words, await rehearse(console, supposed));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [paragraph(words.rehearsal.failed, { class: 'told bad' })];
  }
}

function acceptance(words: PolicyWords): { readonly content: Content[]; readonly name: Field } {
  const name = field(words.acceptedName, { hint: words.acceptedHint, maxlength: 100, autocomplete: 'name', autocapitalize: 'words' });
  return { name, content: [element('h3', {}, words.telephoneOnlyTitle), paragraph(words.telephoneOnly), name.box] };
}

/** Saves at once what needs no second look. */
export async function review(context: Review): Promise<void> {
  const { console, words, before, change } = context;
  const [isRehearsed, isAccepted] = [isWorthRehearsing(before.body, change), needsAcceptance(before.body, change)];
  if (!isRehearsed && !isAccepted) {
    await save(context, change);
    return;
  }
  const dialog = openDialog({ closeName: console.words.cancel });
  if (isRehearsed) dialog.show(words.reviewTitle, [paragraph(words.rehearsal.working)]);
  const found = isRehearsed ? await report(context, isAccepted) : [];
  if (isRehearsed && !dialog.isOpen) return;
  const accepted = isAccepted ? acceptance(words) : undefined;
  const confirm = (): Promise<void> | undefined => {
    accepted?.name.complain('');
    if (!accepted) return save(context, change, dialog);
    if (accepted.name.value() !== '') return save(context, { ...change, acceptTelephoneOnly: accepted.name.value() }, dialog);
    accepted.name.complain(words.acceptedMissing);
    return undefined;
  };
  dialog.show(words.reviewTitle, [changeList(words, before.body, change), ...found, form(words.confirm, confirm, ...(accepted?.content ?? []))]);
}
