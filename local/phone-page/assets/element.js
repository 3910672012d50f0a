/** Builds and updates the page's elements. Text only ever becomes text: nothing here reads markup. */

/** `element('p', { className: 'when' }, 'now')`; names with a dash become attributes, the rest properties. */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-') || name === 'role') node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Writes only what changed, so that nothing is announced or selected anew without need. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Keeps one child per item, by key, in the items' order; children that stay keep their focus, input and state. */
export function keepChildren(parent, items, keyOf, create, update = () => {}) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let previous = null;
  for (const item of items) {
    const key = keyOf(item);
    const child = known.get(key) ?? create(item);
    known.delete(key);
    child.dataset.key = key;
    update(child, item);
    const place = previous ? previous.nextSibling : parent.firstChild;
    if (child !== place) parent.insertBefore(child, place);
    previous = child;
  }
  for (const gone of known.values()) gone.remove();
}

const address = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/g;

/** The text as nodes, with its web addresses as links that open a tab of their own. */
export function withLinks(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    nodes.push(text.slice(end, match.index));
    nodes.push(element('a', { href: match[0], target: '_blank', rel: 'noopener noreferrer' }, match[0]));
    end = match.index + match[0].length;
  }
  return [...nodes, text.slice(end)];
}

const clockTime = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit', second: '2-digit' });

/** A time of day that a machine can read, too. */
export function timeElement(iso, className = 'when') {
  return element('time', { className, dateTime: iso }, clockTime.format(new Date(iso)));
}
