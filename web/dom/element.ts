/** Elements made by calls: text stays text, whatever is in it, and no string ever becomes markup (Trusted Types would refuse it). */
export type Content = Node | string | undefined;

type Listener = (event: Event) => void;

export interface Attributes {
  readonly [name: string]: string | number | boolean | Listener | undefined;
}

/** `on…` takes a listener; true sets an empty attribute; false and undefined leave it out. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Attributes = {}, ...content: Content[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...content.filter((each) => each !== undefined));
  return made;
}

export const paragraph = (text: string, attributes: Attributes = {}): HTMLParagraphElement => element('p', attributes, text);

let made = 0;

/** Ids of this page, for labels and descriptions. */
export function newId(name: string): string {
  made += 1;
  return `${name}-${String(made)}`;
}
