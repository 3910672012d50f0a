/** Draws the place that the address names: the choice of an organization first, where there is one, then its sections. */
import { ask } from '../../ask/ask.ts';
import { paragraph } from '../../dom/element.ts';
import type { Frame } from '../../frame/frame.ts';
import { isSessionOver, showOver } from '../../frame/start-page.ts';
import type { ConsoleWords } from '../../words/en/console.ts';
import { hasRole, openConsole, type ConsoleFrame, type Organization } from './console.ts';
import { openNavigation } from './navigation.ts';
import { readOrganization, showOrganizations } from './organizations.ts';
import { addressOf, readPlace } from './place.ts';
import { problemLine } from './problem-line.ts';
import { sections } from './sections.ts';
import { stepUp } from './step-up.ts';
import { watchIdle } from '../../frame/watch-idle.ts';

/** Takes the place of an address that is not meant to be gone back to. */
function replaceAddress(...parts: readonly string[]): void {
  history.replaceState(null, '', addressOf(...parts));
}

export async function drawConsole(frame: Frame<ConsoleWords>): Promise<void> {
  const { words, welcome } = frame;
  const { person } = welcome;
  if (!person) {
    showOver(frame);
    return;
  }
  const allowed = sections.filter(({ leastRole }) => hasRole(person, leastRole));
  let [visit, proof] = [0, undefined as string | undefined];
  let hasSeveral = true;
  const end = (): void => {
    visit += 1;
    for (const dialog of document.querySelectorAll('dialog')) dialog.close();
    navigation.clear();
    frame.show({ title: words.endedTitle, content: [paragraph(words.endedText)] });
  };
  const shared: ConsoleFrame = {
    frame,
    person,
    end,
    seen: watchIdle(end),
    notice: '',
    redraw: () => void redraw(),
    lastProof: () => proof,
    prove: async () => (proof = await stepUp(frame, person)),
  };
  const navigation = openNavigation(frame, { person, sections: allowed, leave: () => void leave() });

  async function leave(): Promise<void> {
    await ask('POST', '/page/session/end').catch(() => undefined);
    visit += 1;
    navigation.clear();
    if (welcome.returnUrl === undefined) frame.show({ title: words.leavingTitle, content: [paragraph(words.doneHere)] });
    else frame.leave();
  }

  async function choose(isCurrent: () => boolean): Promise<void> {
    navigation.show({ hasSeveral });
    const only = await showOrganizations(frame, isCurrent, (organizationId) => void (location.hash = addressOf(organizationId)));
    if (!only || !isCurrent()) return;
    hasSeveral = false;
    replaceAddress(only.organizationId);
    await redraw();
  }

  async function drawSection(organization: Organization, name: string | undefined, rest: readonly string[], isCurrent: () => boolean): Promise<void> {
    const found = allowed.find((each) => each.name === name && (each.isFor?.(organization) ?? true)) ?? allowed[0];
    if (!found) return;
    if (found.name !== name) replaceAddress(organization.organizationId, found.name);
    navigation.show({ organization, hasSeveral, current: found.name });
    const draw = await found.load();
    if (isCurrent()) await draw(openConsole(shared, organization, isCurrent), found.name === name ? rest : []);
  }

  async function redraw(): Promise<void> {
    visit += 1;
    const own = visit;
    const isCurrent = (): boolean => own === visit;
    const { organizationId, section, rest } = readPlace(location.hash);
    try {
      shared.seen();
      if (organizationId === undefined) await choose(isCurrent);
      else await drawSection(await readOrganization(organizationId), section, rest, isCurrent);
    } catch (error) {
      if (isSessionOver(error)) end();
      else if (isCurrent()) frame.show({ title: words.noSuchPlace, content: [paragraph(problemLine(words, error)), navigation.wayOut()] });
    }
  }

  // A page that a browser kept from before is asked for anew: its session may be over by now.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
  addEventListener('hashchange', () => void redraw());
  if (location.hash === '') replaceAddress();
  await redraw();
}
