/** Two small charts of the last hour. What they show is told in words too. */
import { el, find, setAttribute, setText, svg } from './dom.js';
import { duration, milliseconds, number, text } from './text.js';

const MINUTES = 60;
const HEIGHT = 100;
const WIDTH = 10;
const MINUTE = 60_000;
/** From a millisecond up to what is the slowest, at least this. */
const SLOW = 1000;

/** Events per minute as bars. */
export function drawEvents(figure, events) {
  const most = Math.max(...events, 0);
  const scale = niceAbove(Math.max(most, 4));
  const bars = events.map((count, minute) =>
    bar(minute, (count / scale) * HEIGHT, 'bar', text('chart.events.bar', { ago: ago(minute), count: number(count) })),
  );
  const words = {
    now: number(events.at(-1) ?? 0),
    most: number(most),
    sum: number(events.reduce((sum, count) => sum + count, 0)),
  };
  const lines = [scale / 2, scale].map(value => [value / scale, number(value)]);
  draw(figure, text('chart.events.words', words), lines, bars);
}

/** The usual and the slowest latency of each minute, on a scale of powers of ten. */
export function drawLatency(figure, medians, slowest) {
  const known = medians.flatMap((median, minute) =>
    median === null ? [] : [[minute, median, slowest[minute] ?? median]],
  );
  const scale = 10 ** Math.ceil(Math.log10(Math.max(SLOW, ...known.map(([, , slow]) => slow))));
  const height = value => Math.max(0, Math.log10(Math.max(1, value)) / Math.log10(scale));
  const bars = known.flatMap(([minute, median, slow]) => {
    const title = text('chart.latency.bar', {
      ago: ago(minute),
      median: milliseconds(median),
      slow: milliseconds(slow),
    });
    return [bar(minute, height(slow) * HEIGHT, 'slow', title), bar(minute, height(median) * HEIGHT, 'bar', title)];
  });
  const words =
    known.length > 0
      ? text('chart.latency.words', {
          median: milliseconds(middle(known.map(([, median]) => median))),
          slow: milliseconds(Math.max(...known.map(([, , slow]) => slow))),
        })
      : text('chart.latency.none');
  const lines = [10, 100, 1000, 10_000, 100_000]
    .filter(value => value <= scale)
    .map(value => [height(value), milliseconds(value)]);
  draw(figure, words, lines, bars);
}

/** Draws bars above lines; each line has its height, 1 at the top, and its name. */
function draw(figure, words, lines, bars) {
  setText(find('p', figure), words);
  const chart = find('.chart', figure) ?? figure.appendChild(frame());
  const drawing = find('svg', chart);
  setAttribute(drawing, 'aria-label', `${find('h2', figure).textContent}: ${words}`);
  const rules = lines.map(([height]) => rule(HEIGHT * (1 - height)));
  drawing.replaceChildren(...rules, ...bars);
  find('.scale', chart).replaceChildren(...lines.map(([height, name]) => mark(name, height)));
}

function frame() {
  const size = { viewBox: `0 0 ${MINUTES * WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img' };
  const ends = [duration(MINUTES * MINUTE), text('chart.now')].map(words => el('span', {}, words));
  return el(
    'div',
    { class: 'chart' },
    svg('svg', size),
    el('div', { class: 'scale', 'aria-hidden': 'true' }),
    el('div', { class: 'ends', 'aria-hidden': 'true' }, ...ends),
  );
}

function bar(minute, height, kind, title) {
  const place = { x: minute * WIDTH + 1, y: HEIGHT - height, width: WIDTH - 2, height };
  return svg('rect', { class: kind, ...place }, svg('title', {}, title));
}

function rule(y) {
  return svg('line', { class: 'rule', x1: 0, x2: MINUTES * WIDTH, y1: y, y2: y });
}

function mark(words, height) {
  const element = el('span', {}, words);
  element.style.bottom = `${height * 100}%`;
  return element;
}

function ago(minute) {
  return duration((MINUTES - 1 - minute) * MINUTE);
}

function middle(values) {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

/** The next of 4, 10, 20, 40, 100 and so on. */
function niceAbove(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 10].map(step => step * power).find(step => step >= value);
}
