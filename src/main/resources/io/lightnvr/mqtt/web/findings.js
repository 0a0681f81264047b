/** A finding, of the status or the doctor: what is so and what to do. */
import { el, icon } from './dom.js';
import { text } from './text.js';

const SYMBOLS = { ok: 'check', warning: 'warning', failed: 'failed' };

/** A row of a list of findings. The bridge's own sentences are English. */
export function findingOf({ part, verdict, sentence, what_to_do: remedy }) {
  const known = verdict in SYMBOLS ? verdict : 'warning';
  const words = el('div', {}, el('p', {}, el('b', {}, partName(part)), ' ', el('span', { lang: 'en' }, sentence)));
  if (remedy) words.append(el('p', { class: 'remedy', lang: 'en' }, remedy));
  const symbol = el(
    'span',
    { class: 'verdict', role: 'img', 'aria-label': text(`verdict.${known}`) },
    icon(SYMBOLS[known]),
  );
  return el('li', { class: known }, symbol, words);
}

const PARTS = new Set(['recorder', 'broker', 'home_assistant', 'supervisor']);

/** What people call a part of the whole. */
export function partName(part) {
  return PARTS.has(part) ? text(`part.${part}`) : (part ?? '');
}
