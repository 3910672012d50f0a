/** What a section of the console works with: whom it is for, which organization, its requests, and its place on the page. */
import type { Person, Role } from '../../ask/answers.ts';
import { askTagged, Refusal, type AskOptions, type Method, type Tagged } from '../../ask/ask.ts';
import { element, type Content } from '../../dom/element.ts';
import type { Frame, Tone, View } from '../../frame/frame.ts';
import { isSessionOver } from '../../frame/start-page.ts';
import type { ConsoleWords } from '../../words/en/console.ts';
import { addressOf } from './place.ts';
import { problemLine } from './problem-line.ts';

export interface Organization {
  readonly organizationId: string;
  readonly name: string;
  readonly parentId?: string;
  readonly support?: { readonly name: string; readonly url: string };
}

/** Where something is said: the page, or a dialog over it. */
export interface Place {
  tell(text: string, tone?: Tone): void;
}

export interface Console extends Place {
  readonly words: ConsoleWords;
  readonly person: Person;
  readonly organization: Organization;
  /** Whether the person has at least this role. What the page hides, the service refuses all the same. */
  may(role: Role): boolean;
  /** The address of something of the organization: `at('users', id)`. */
  at(...parts: readonly string[]): string;
  /** Throws a Refusal. What needs a fresh proof asks for one, and is then asked again. */
  ask<T>(method: Method, path: string, body?: object, options?: AskOptions): Promise<T>;
  /** The same, with the tag of what was read. */
  askTagged<T>(method: Method, path: string, body?: object, options?: AskOptions): Promise<Tagged<T>>;
  /** Undefined when it was refused, which is then said: in the dialog, when one is named. */
  attempt<T>(work: () => Promise<T>, where?: Place): Promise<T | undefined>;
  /** Goes to a place of the organization: `go('users', 'user', id)`. The same place again draws it anew. */
  go(...place: readonly string[]): void;
  /** The same, and says there what was done here. */
  goTelling(text: string, ...place: readonly string[]): void;
  /** A link to such a place. */
  link(name: Content, ...place: readonly string[]): HTMLAnchorElement;
  /** False once the person has gone elsewhere: what goes on by itself stops then. */
  isHere(): boolean;
  /** Nothing happens when the person has gone elsewhere meanwhile. */
  show(view: View): void;
}

/** What all visits have in common. */
export interface ConsoleFrame {
  readonly frame: Frame<ConsoleWords>;
  readonly person: Person;
  /** A fresh proof: the challenge that the person approved, or undefined when they turned away (D23). */
  prove(): Promise<string | undefined>;
  lastProof(): string | undefined;
  /** What the next view is to say. */
  notice: string;
  /** Draws the place that the address names, again. */
  redraw(): void;
  /** The session is over: says so, and shows nothing more. */
  end(): void;
  /** Somebody works here. */
  seen(): void;
}

const roles: readonly Role[] = ['member', 'auditor', 'helpdesk', 'administrator'];
export const hasRole = ({ role }: Pick<Person, 'role'>, least: Role): boolean => roles.indexOf(role) >= roles.indexOf(least);

/** A proof that is still fresh serves again; the service says when it does not. */
async function withProof<T>({ lastProof, prove, seen }: ConsoleFrame, work: (proof: string | undefined) => Promise<T>): Promise<T> {
  seen();
  try {
    return await work(lastProof());
  } catch (error) {
    if (!(error instanceof Refusal) || error.problem !== 'proof-required') throw error;
  }
  const proof = await prove();
  if (proof === undefined) throw new Refusal('not-confirmed');
  return work(proof);
}

/** For one visit of a place of an organization. */
export function openConsole(shared: ConsoleFrame, organization: Organization, isCurrent: () => boolean): Console {
  const { frame, person } = shared;
  const { words } = frame;
  let isNoticed = false;
  const own = ['page', 'v1', 'organizations', organization.organizationId];
  const tagged: Console['askTagged'] = (method, path, body, options) => withProof(shared, (proof) => askTagged(method, path, body, { proof, ...options }));
  const addressIn = (place: readonly string[]): string => addressOf(organization.organizationId, ...place);
  const go: Console['go'] = (...place) => {
    const address = new URL(addressIn(place), location.href).href;
    if (location.href === address) shared.redraw();
    else location.href = address;
  };
  return {
    words,
    person,
    organization,
    may: (role) => hasRole(person, role),
    at: (...parts) => `/${[...own, ...parts].map(encodeURIComponent).join('/')}`,
    ask: async (method, path, body, options) => (await tagged<never>(method, path, body, options)).body,
    askTagged: tagged,
    tell: (text, tone) => {
      if (isCurrent()) frame.tell(text, tone);
    },
    attempt: async (work, where = frame) => {
      // What was done before is not taken back by the list that is loaded with the view.
      if (isCurrent() && !(isNoticed && where === frame)) where.tell('');
      isNoticed = false;
      try {
        return await work();
      } catch (error) {
        if (isSessionOver(error)) shared.end();
        else if (isCurrent()) where.tell(problemLine(words, error), 'bad');
        return undefined;
      }
    },
    go,
    goTelling: (text, ...place) => {
      shared.notice = text;
      go(...place);
    },
    link: (name, ...place) => element('a', { href: addressIn(place) }, name),
    isHere: isCurrent,
    show: (view) => {
      if (!isCurrent()) return;
      frame.show(view);
      isNoticed = shared.notice !== '';
      if (isNoticed) frame.tell(shared.notice, 'good');
      shared.notice = '';
    },
  };
}
