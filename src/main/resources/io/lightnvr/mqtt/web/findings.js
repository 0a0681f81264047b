/** A finding, of the status or the doctor: what is so and what to do. */
import { el, icon } from './dom.js';
import { quoted, text } from './text.js';

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

/** What people call a part of the whole; `barn/broker` is that of one of several recorders. */
export function partName(part) {
  const [, recorder, own] = /^(\w+)\/(.+)$/.exec(part ?? '') ?? [];
  const name = own ?? part;
  const words = PARTS.has(name) ? text(`part.${name}`) : (name ?? '');
  return recorder ? `${words} ${quoted(recorder)}` : words;
}
