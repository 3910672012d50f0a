/** Adding a way: the same ways and steps as on the set-up page, by the right of a proof. */
import { button } from '../../dom/controls.ts';
import { element, paragraph } from '../../dom/element.ts';
import { setUpFrom, type SetUpHost } from '../../set-ups/host.ts';
import type { SetUp, SetUpWay } from '../../set-ups/set-up-way.ts';
import { waysFor } from '../../set-ups/set-up-ways.ts';
import { section } from './pieces.ts';
import type { Settings } from './settings.ts';

function showAdded({ frame, home }: Settings): void {
  const { words } = frame;
  frame.show({ title: words.doneTitle, content: [paragraph(words.doneText), button(words.security.back, () => home(), { look: 'main' })] });
}

/** After the last wrong answer the person is locked: the first view says so. */
async function isLocked({ account, home }: Settings): Promise<boolean> {
  const { lock } = await account.user();
  if (lock) await home();
  return lock !== undefined;
}

export function setUpOf(settings: Settings, own: Partial<Pick<SetUpHost, 'done' | 'isProved' | 'chooseAgain'>> = {}): SetUp {
  const { frame, account, prover, seen } = settings;
  return setUpFrom({
    frame,
    options: seen.options,
    requests: { ...account.setUps, add: (input) => prover.change((rights) => account.setUps.add({ ...input, ...rights }), { setUp: true }) },
    settle: settings.settle,
    isOver: () => isLocked(settings),
    done: () => showAdded(settings),
    chooseAgain: () => void settings.home(),
    ...own,
  });
}

/** The ways of which there is room for another. Codes by mail have their own place beside the address. */
function addable({ seen: { options } }: Settings): SetUpWay[] {
  const isOpen = (method: string): boolean => {
    const [kind = ''] = method.split(':');
    return kind !== 'email' && !options.full.includes(kind);
  };
  return waysFor(options.methods.filter(isOpen));
}

export function addSection(settings: Settings): HTMLElement {
  const { words } = settings.frame;
  const rows = addable(settings).map((way) => element('li', {}, button(way.name(words), () => way.begin(setUpOf(settings)), { what: way.what(words) })));
  return section(words.security.add, rows.length === 0 ? paragraph(words.security.addNothing) : element('ul', { class: 'ways' }, ...rows));
}
