/** The few things that every view does with the document. Text from outside enters it here as text alone. */

const SVG = 'http://www.w3.org/2000/svg';

/** The first element within a parent that matches; it must be there. */
export const find = (selector, parent = document) => parent.querySelector(selector);

/** Makes an element of HTML; a child may be a node or a text. */
export function el(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** Makes an element of SVG. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

/** One of the symbols at the end of index.html. */
export function icon(name) {
  return svg('svg', { class: 'icon', 'aria-hidden': 'true' }, svg('use', { href: iconUrl(name) }));
}

/** Changes which symbol an icon of a template shows. */
export function setIcon(element, name) {
  setAttribute(find('use', element), 'href', iconUrl(name));
}

/** A copy of the only element of a template. */
export function copyOf(template) {
  return document.getElementById(template).content.firstElementChild.cloneNode(true);
}

/** Writes a text only where it differs, so that nothing is laid out for naught. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Writes a name from outside, which is cut where it is too long, with the whole of it as the title. */
export function setName(element, name) {
  setText(element, name);
  setAttribute(element, 'title', name);
}

export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * Makes the children of a parent follow a list: one element for each item, in the order of the list. Elements stay
 * with their key, and only those whose item is another object than before are updated.
 */
export function follow(parent, items, { key, create, update, remove }) {
  const before = followed.get(parent) ?? new Map();
  const now = new Map();
  for (const item of items) {
    const known = before.get(key(item));
    const element = known?.element ?? create(item);
    if (known?.item !== item) update?.(element, item);
    now.set(key(item), { element, item });
  }
  for (const [name, { element }] of before) {
    if (now.has(name)) continue;
    element.remove();
    remove?.(element);
  }
  let place = 0;
  for (const { element } of now.values()) {
    if (parent.children[place] !== element) parent.insertBefore(element, parent.children[place] ?? null);
    place++;
  }
  followed.set(parent, now);
}

const followed = new WeakMap();

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function iconUrl(name) {
  return document.getElementById(`icon-${name}`) ? `#icon-${name}` : '#icon-other';
}
