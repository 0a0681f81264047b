/** A tile for each stream: its picture, and what is seen there now. */
import { copyOf, el, find, follow, icon, setAttribute, setName, setText } from './dom.js';
import { bridge, on } from './feed.js';
import { Overlay } from './overlay.js';
import { LivePicture } from './pictures.js';
import { groupName, now, number, showAgo, showSince, streamName, text } from './text.js';

/** A drawn frame's ratio of width to height. */
const FRAME = 16 / 9;
/** Boxes tell what is there for so long without a newer event. */
const FRESH = 10_000;

const tiles = new Map();

export function startLive() {
  on('status', showStreams);
  on('streams', showStreams);
  on('detection', event => tiles.get(event.stream)?.detect(event));
}

function showStreams() {
  const { streams } = bridge.status;
  follow(find('#live .tiles'), streams, {
    key: ({ key }) => key,
    create: stream => new Tile(stream).element,
    update: (element, stream) => tiles.get(stream.key).update(stream),
    remove: element => tiles.get(element.dataset.stream).close(),
  });
  find('#live .empty').hidden = streams.length > 0;
  const online = streams.filter(stream => stream.online).length;
  const visited = streams.filter(({ present }) => present.length > 0).length;
  const summary = { all: number(streams.length), online: number(online), visited: number(visited) };
  setText(find('#live-summary'), streams.length > 0 ? text('live.summary', summary) : '');
}

class Tile {
  element = copyOf('tile-template');
  #overlay = new Overlay();
  #picture;
  #url = null;
  #last = null;
  #shown = '';
  #fading = 0;

  constructor({ key }) {
    this.element.dataset.stream = key;
    find('.frame', this.element).append(this.#overlay.element);
    this.#picture = new LivePicture(this.element, key, picture => this.#showPicture(picture));
    const image = find('img', this.element);
    image.addEventListener('load', () => {
      image.hidden = false;
      this.element.classList.remove('pictureless');
      this.#overlay.fit(image.naturalWidth / image.naturalHeight);
    });
    image.addEventListener('error', () => this.#showPicture(null));
    tiles.set(key, this);
  }

  /** Shows a stream as it is now; an event that it has had meanwhile too. */
  update({ last, ...stream }) {
    const shown = JSON.stringify(stream);
    if (shown !== this.#shown) this.#describe(stream);
    this.#shown = shown;
    if (last && !(last.at <= this.#last)) this.detect(last);
  }

  /** Draws an event at once; its picture follows. */
  detect({ at, detections }) {
    this.#last = at;
    showAgo(find('.last', this.element), at);
    clearTimeout(this.#fading);
    const left = FRESH - (now() - Date.parse(at));
    if (left <= 0) return this.#overlay.fade();
    this.#overlay.show(detections);
    this.#fading = setTimeout(() => this.#overlay.fade(), Math.min(left, FRESH));
    this.#picture.hurry();
  }

  close() {
    clearTimeout(this.#fading);
    this.#picture.close(this.element);
    this.#release();
    tiles.delete(this.element.dataset.stream);
  }

  #describe({ name, recorder, online, gone, picture, zones, present }) {
    setName(find('.name', this.element), streamName({ name, recorder }));
    setAttribute(find('img', this.element), 'alt', text('live.picture', { stream: streamName({ name, recorder }) }));
    const state = gone ? 'gone' : online ? 'online' : 'offline';
    find('.state', this.element).className = `state ${state}`;
    setText(find('.state', this.element), text(`state.${state}`));
    this.element.classList.toggle('offline', !online);
    this.element.classList.toggle('visited', present.length > 0);
    this.#overlay.zones(zones);
    find('.present', this.element).replaceChildren(...(present.length > 0 ? present.map(chip) : nobody(state)));
    this.#picture.setAvailable(picture && !gone);
  }

  #showPicture(picture) {
    this.#release();
    const image = find('img', this.element);
    if (picture) {
      this.#url = URL.createObjectURL(picture);
      image.src = this.#url;
    } else {
      image.hidden = true;
      image.removeAttribute('src');
      this.element.classList.add('pictureless');
      this.#overlay.fit(FRAME);
    }
  }

  #release() {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = null;
  }
}

function chip({ type, since }) {
  const age = el('time');
  showSince(age, since);
  return el('span', { class: 'chip' }, icon(type), el('span', { title: groupName(type) }, groupName(type)), age);
}

/** A camera that cannot see does not know whether somebody is there. */
function nobody(state) {
  return state === 'online' ? [el('span', { class: 'nobody' }, text('live.nobody'))] : [];
}
