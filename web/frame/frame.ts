/** What every page stands in: whose page it is, one view at a time, a line that screen readers hear, the language, and help. */
import type { Welcome } from '../ask/answers.ts';
import { element, paragraph, type Content } from '../dom/element.ts';
import { button } from '../dom/controls.ts';
import type { FrameWords } from '../words/en/frame.ts';
import { chooseLanguage, languages, type Language } from '../words/languages.ts';
import { applyBrand, shownLogo } from '../design/brand.ts';
import { problemText } from './problem-text.ts';

export interface View {
  readonly title: string;
  readonly content: readonly Content[];
  /** Where the person begins; the title when absent. */
  readonly focus?: HTMLElement | undefined;
}

export type Tone = 'bad' | 'good' | 'plain';

export interface Frame<Words extends FrameWords = FrameWords> {
  readonly words: Words;
  readonly welcome: Welcome;
  /** Takes the place of what is shown, and takes the person there. */
  show(view: View): void;
  /** What stays beside every view, such as where one can go: the page is as wide as the window then. */
  beside(content: HTMLElement): void;
  /** Says something beside the view, aloud; bad news at once. The same words again are said again. */
  tell(text: string, tone?: Tone): void;
  /** Says what a refusal means and what to do next; whatever is no refusal is thrown on. */
  tellProblem(error: unknown): void;
  /** Back where the person came from, signed in or not: the portal finds out by itself. */
  leave(): void;
}

function languageChoice(words: FrameWords, current: Language): HTMLElement {
  const options = Object.entries(languages).map(([value, name]) => element('option', { value, lang: value, selected: value === current }, name));
  const select = element('select', { 'aria-label': words.language }, ...options);
  select.addEventListener('change', () => {
    chooseLanguage(select.value as Language);
    location.reload();
  });
  return select;
}

/** Only an address that browsers open as a page: an organization could be made to hold another. */
function safeLink(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) && ['https:', 'http:'].includes(new URL(url).protocol) ? url : undefined;
}

function foot(words: FrameWords, language: Language, support: Welcome['organization']['support']): HTMLElement {
  const url = safeLink(support?.url);
  const help = support && url ? element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, words.help(support.name), element('span', { class: 'unseen' }, ` ${words.openedNewTab}`)) : undefined;
  return element('footer', { class: 'foot' }, languageChoice(words, language), help);
}

function logoOf({ logo: named }: FrameWords, { name, logo }: Welcome['organization']): Content {
  const src = shownLogo(logo);
  return src === undefined ? undefined : element('img', { src, alt: named(name) });
}

export interface FrameOptions<Words> {
  readonly words: Words;
  readonly language: Language;
  readonly welcome: Welcome;
}

const nobody: Welcome = { page: '', organization: { name: 'Countersign' } };

export function openFrame<Words extends FrameWords>({ words, language, welcome = nobody }: Omit<FrameOptions<Words>, 'welcome'> & { welcome?: Welcome | undefined }): Frame<Words> {
  const { organization, returnUrl } = welcome;
  const [told, alarm] = [element('p', { class: 'told', role: 'status' }), element('p', { class: 'told bad', role: 'alert' })];
  const [heading, view] = [element('h1', { tabindex: -1 }), element('div')];
  applyBrand(organization);
  document.documentElement.lang = language;
  const band = element('header', { class: 'band' }, element('div', { class: 'whose' }, logoOf(words, organization), organization.name));
  const main = element('main', { class: 'page' }, heading, alarm, told, view);
  document.body.replaceChildren(band, main, foot(words, language, organization.support));

  const tell: Frame['tell'] = (text, tone = 'plain') => {
    const line = tone === 'bad' ? alarm : told;
    for (const other of [told, alarm]) if (other !== line) other.textContent = '';
    told.className = tone === 'good' ? 'told good' : 'told';
    if (line.textContent !== text || tone === 'bad') line.textContent = text;
  };
  return {
    words,
    welcome,
    tell,
    show: ({ title, content, focus }) => {
      heading.textContent = title;
      document.title = `${title} · ${organization.name}`;
      tell('');
      view.replaceChildren(...content.filter((each) => each !== undefined));
      (focus ?? heading).focus();
      performance.mark('usable');
    },
    tellProblem: (error) => tell(problemText(words, error), 'bad'),
    beside: (content) => {
      const row = element('div', { class: 'beside' });
      main.replaceWith(row);
      row.append(content, main);
      document.body.classList.add('wide');
    },
    leave: () => {
      if (returnUrl !== undefined) location.replace(returnUrl);
    },
  };
}

/** A way back for a view at which a page ends; words where there is no address to go to. */
export function wayBack({ words, welcome, leave }: Frame): Content {
  return welcome.returnUrl === undefined ? paragraph(words.doneHere) : button(words.backTo(welcome.organization.name), leave, { look: 'main' });
}
