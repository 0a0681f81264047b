/** Boxes, tags and zones over a picture, just where the picture is within its frame. */
import { el, follow, setAttribute, svg } from './dom.js';
import { percent } from './text.js';

const TINTS = 8;
/** An event with more detections than this is no sight that anyone could read. */
const MOST = 50;
/** A box whose upper edge is higher than this has its tag inside. */
const TOP = 0.12;

export class Overlay {
  element = el('div', { class: 'overlay' });
  #zones = drawing('zones');
  #boxes = drawing('boxes');
  #tags = el('div', { class: 'tags' });

  constructor() {
    this.element.append(this.#zones, this.#boxes, this.#tags);
  }

  /** Lies over a picture of this ratio of width to height. */
  fit(ratio) {
    this.element.style.setProperty('--ratio', ratio);
  }

  /** Draws these detections in place of those before. */
  show(detections) {
    const drawn = detections.filter(hasPlace).slice(0, MOST);
    this.#boxes.replaceChildren(...drawn.map(boxOf));
    this.#tags.replaceChildren(...drawn.map(tagOf));
    this.element.classList.remove('faded');
  }

  /** Lets the boxes fade: they tell of then, not of now. */
  fade() {
    this.element.classList.add('faded');
  }

  zones(zones) {
    follow(this.#zones, zones, {
      key: zone => zone.name,
      create: ({ name }) => svg('polygon', { class: 'zone' }, svg('title', {}, name)),
      update(polygon, zone) {
        setAttribute(polygon, 'points', zone.polygon.map(([x, y]) => `${within(x)},${within(y)}`).join(' '));
        polygon.classList.toggle('occupied', zone.occupied);
      },
    });
  }
}

/** The class that gives a label its colour, the same on each view. */
function tint(name) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return name === 'person' ? 'tint-0' : `tint-${1 + (sum % (TINTS - 1))}`;
}

/** Writes a label with its confidence, as in person 93 %. */
export function label(element, { label: name, confidence }) {
  element.replaceChildren(el('bdi', {}, name), ` ${percent(confidence)}`);
  element.title = element.textContent;
}

function boxOf({ label: name, box: [x, y, width, height] }) {
  const [left, top] = [within(x), within(y)];
  return svg('rect', {
    class: `box ${tint(name)}`,
    x: left,
    y: top,
    width: within(x + width) - left,
    height: within(y + height) - top,
  });
}

function tagOf(detection) {
  const [x, y, width] = detection.box;
  const tag = el('span', { class: `tag ${tint(detection.label)}` });
  label(tag, detection);
  const onTheRight = x + width / 2 > 0.5;
  const edge = onTheRight ? 1 - within(x + width) : within(x);
  tag.style[onTheRight ? 'right' : 'left'] = share(edge);
  tag.style.top = share(within(y));
  tag.style.maxWidth = share(1 - edge);
  tag.classList.toggle('inside', y < TOP);
  return tag;
}

function drawing(name) {
  return svg('svg', { class: name, viewBox: '0 0 1 1', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
}

function hasPlace({ box }) {
  return Array.isArray(box) && box.length === 4 && box.every(Number.isFinite);
}

function within(value) {
  return Math.min(1, Math.max(0, value));
}

function share(part) {
  return `${part * 100}%`;
}
