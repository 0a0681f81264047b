/** Pictures of now for the tiles that can be seen: after an event soon, otherwise now and then. */
import { get } from './api.js';

const AFTER_EVENT = 1000;
const USUAL = 10_000;
const AFTER_NONE = 60_000;
/** The recorder has too much to do just now, and there is no older picture to look at meanwhile. */
const WHEN_BUSY = 2000;
const PATIENCE = 15_000;
/** Requests at a time; the rest wait, so that events and actions keep a connection of the browser's six. */
const AT_ONCE = 3;

const waiting = [];
let asking = 0;

const pictures = new Map();
const sight = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) pictures.get(target)?.setVisible(isIntersecting);
});
document.addEventListener('visibilitychange', () => {
  for (const picture of pictures.values()) picture.resume();
});

export class LivePicture {
  #address;
  #show;
  #visible = false;
  #available = true;
  #active = false;
  #asking = false;
  #shown = false;
  #asked = -Infinity;
  #pause = USUAL;
  #least = AFTER_EVENT;
  #timer = 0;

  /**
   * @param tile the element that must be seen for a picture to be asked for
   * @param key the stream's
   * @param show is given the picture as a Blob, or null where there is none
   */
  constructor(tile, key, show) {
    this.#address = `api/picture?stream=${encodeURIComponent(key)}&t=`;
    this.#show = show;
    pictures.set(tile, this);
    sight.observe(tile);
  }

  setVisible(visible) {
    this.#visible = visible;
    this.resume();
  }

  /** Whether the recorder may have a picture of this stream. */
  setAvailable(available) {
    if (available === this.#available) return;
    this.#available = available;
    if (!available) this.#show(null);
    this.resume();
  }

  /** Asks from now on if it is seen, else no more. */
  resume() {
    this.#active = this.#visible && this.#available && !document.hidden;
    this.hurry();
  }

  /** Something has happened there. */
  hurry() {
    this.#pause = AFTER_EVENT;
    this.#plan();
  }

  close(tile) {
    sight.unobserve(tile);
    pictures.delete(tile);
    this.#active = false;
    this.#plan();
  }

  /** The next request comes when the pause since the last has passed. */
  #plan() {
    clearTimeout(this.#timer);
    if (!this.#active || this.#asking) return;
    const pause = Math.max(this.#pause, this.#least);
    this.#timer = setTimeout(() => this.#ask(), Math.max(0, this.#asked + pause - performance.now()));
  }

  async #ask() {
    this.#asking = true;
    this.#asked = performance.now();
    this.#pause = USUAL;
    const answer = await inTurn(() => (this.#active ? fetched(this.#address + Date.now()) : undefined));
    this.#asking = false;
    this.#least = answer === null ? AFTER_NONE : AFTER_EVENT;
    if (answer !== undefined && this.#available) this.#show(answer);
    if (answer) this.#shown = true;
    else if (answer === undefined && !this.#shown) this.#pause = WHEN_BUSY;
    this.#plan();
  }
}

/** The picture, null where there is none, undefined where it could not be told. */
async function fetched(address) {
  try {
    return await (await get(address, { signal: AbortSignal.timeout(PATIENCE) })).blob();
  } catch (trouble) {
    return trouble.status === 404 ? null : undefined;
  }
}

async function inTurn(task) {
  if (asking >= AT_ONCE) await new Promise(go => waiting.push(go));
  else asking++;
  try {
    return await task();
  } finally {
    if (waiting.length > 0) waiting.shift()();
    else asking--;
  }
}
