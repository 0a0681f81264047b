/** Whether it works, and what is wrong if not. */
import { drawEvents, drawLatency } from './charts.js';
import { copyOf, el, find, follow, setIcon, setText } from './dom.js';
import { bridge, on } from './feed.js';
import { findingOf, partName } from './findings.js';
import { bytes, moment, now, number, showAgo, showSince, text } from './text.js';

/** Without these two nothing works; a house without Home Assistant is none the worse. */
const NEEDED = ['recorder', 'broker'];
const STATES = new Set(['online', 'offline', 'unknown', 'absent']);
const COUNTS = ['seen', 'published', 'visits', 'missed', 'dropped', 'refused', 'waiting'];
/** A trouble is news for so long. */
const RECENT = 10 * 60_000;

let ageing = 0;

export function startHealth() {
  on('status', showAll);
  on('part', showParts);
  on('health', showNumbers);
}

function showAll() {
  showParts();
  showNumbers();
  showConfiguration();
  const { version, instance, started } = bridge.status;
  setText(find('#about'), text('about', { version, instance, since: moment(started) }));
}

function showParts() {
  follow(find('#parts'), bridge.status.parts, {
    key: fullName,
    create: panelOf,
    update: showPart,
  });
  showHeadline();
}

function panelOf(part) {
  const panel = copyOf('part-template');
  setIcon(find('.icon', panel), part.part);
  setText(find('h2', panel), partName(fullName(part)));
  return panel;
}

/** There may be several recorders. */
function fullName({ part, recorder }) {
  return recorder ? `${recorder}/${part}` : part;
}

function showPart(panel, part) {
  const state = STATES.has(part.state) ? part.state : 'unknown';
  const words = find('.state', panel);
  words.className = `state ${state}`;
  words.replaceChildren(text(`state.${state}`));
  if (part.since) words.append(' · ', since(part.since));
  const sentence = find('.sentence', panel);
  setText(sentence, part.sentence || silence(part.part, state));
  sentence.lang = part.sentence ? 'en' : document.documentElement.lang;
}

/** Why nothing is known, where that is no trouble. */
function silence(part, state) {
  return part === 'home_assistant' && state === 'unknown' ? text('state.unknown.home_assistant') : '';
}

function since(time) {
  const age = el('time');
  showSince(age, time);
  return age;
}

/** In one sentence whether it works. */
function showHeadline() {
  const { kind, symbol, sentence, hint } = judged(bridge.status);
  const headline = find('#headline');
  headline.className = kind;
  setIcon(find('.icon', headline), symbol);
  setText(find('h2', headline), sentence);
  setText(find('p', headline), hint);
  const trouble = find('#trouble');
  trouble.hidden = kind !== 'failed';
  trouble.ariaLabel = sentence;
}

function judged({ parts, findings }) {
  const needed = NEEDED.flatMap(name => {
    const known = parts.filter(({ part }) => part === name);
    return known.length > 0 ? known : [{ part: name, state: 'unknown' }];
  });
  const down = needed.find(({ state }) => state === 'offline');
  if (down) {
    const values = { part: partName(fullName(down)), since: down.since ? moment(down.since) : '' };
    const key = down.since ? 'headline.down.since' : 'headline.down';
    return { kind: 'failed', symbol: 'failed', sentence: text(key, values), hint: text('headline.down.hint') };
  }
  if (findings.some(({ verdict }) => verdict === 'failed')) {
    return { kind: 'failed', symbol: 'failed', sentence: text('headline.failed'), hint: text('headline.failed.hint') };
  }
  if (needed.some(({ state }) => state !== 'online')) {
    return {
      kind: 'starting',
      symbol: 'clock',
      sentence: text('headline.starting'),
      hint: text('headline.starting.hint'),
    };
  }
  return { kind: 'ok', symbol: 'check', sentence: text('headline.ok'), hint: text('headline.ok.hint') };
}

function showNumbers() {
  const { findings, counts, hour, history } = bridge.status;
  showHeadline();
  find('#findings').hidden = findings.length === 0;
  follow(find('#findings ul'), findings, { key: finding => JSON.stringify(finding), create: findingOf });
  drawEvents(find('#events-chart'), hour.events);
  drawLatency(find('#latency-chart'), hour.latency_median_ms, hour.latency_max_ms);
  showCounts(counts, history);
}

function showCounts(counts, history) {
  const shown = COUNTS.map(name => [name, number(counts[name] ?? 0), counts[name] > 0]);
  const pictures =
    history.limit_bytes > 0
      ? text('counter.history.value', { used: bytes(history.used_bytes), limit: bytes(history.limit_bytes) })
      : text('counter.history.none');
  follow(find('#counters'), [...shown, ['oldest', '', false], ['history', pictures, false]], {
    key: ([name]) => name,
    create: ([name]) => el('div', { class: name }, el('dt', {}, text(`counter.${name}`)), el('dd')),
    update(element, [, value, some]) {
      element.classList.toggle('some', some);
      setText(find('dd', element), value);
    },
  });
  find('#counters .oldest dd').replaceChildren(counts.oldest_waiting ? since(counts.oldest_waiting) : '–');
  showLastError(counts);
}

/** What went wrong last, for as long as the bridge runs; it steps back when it is no longer new. */
function showLastError({ last_error: sentence, last_error_at: at }) {
  const place = find('.last-error');
  const time = find('time', place);
  place.hidden = !sentence;
  setText(find('span', place), sentence ?? '');
  time.hidden = !at;
  if (at) showAgo(time, at);
  clearTimeout(ageing);
  const left = at ? RECENT - (now() - Date.parse(at)) : 0;
  place.classList.toggle('old', left <= 0);
  if (left > 0) ageing = setTimeout(() => place.classList.add('old'), left);
}

function showConfiguration() {
  const rows = bridge.status.configuration.flatMap(([key, value]) => [el('dt', {}, key), el('dd', {}, value)]);
  find('#configuration dl').replaceChildren(...rows);
}
