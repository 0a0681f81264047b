/**
 * What the bridge tells: its status, its visits, and each change of them as it happens. The stream of events is read
 * by fetch, not EventSource, which hides why it was refused and gives up for good when a proxy answers in its place.
 */
import { get, getJson, mode, renew } from './api.js';
import { setClock } from './text.js';

const RETRY = [1000, 1000, 2000, 5000];
const CROWDED_RETRY = 10_000;
/** The bridge says something every 15 s. */
const SILENCE = 40_000;
/** A page that nobody sees gives its place as a listener to others, and one of the browser's six connections. */
const UNSEEN = 15_000;
const VISITS = 200;
const LINES = 100;

/** What is known by now. */
export const bridge = { status: null, visits: [] };

const listeners = new Map();
let started = null;
let early = null;
let reading = null;
let hiding = 0;

/** Calls a function on each event of a name: those of the stream, and `status`, `visits` and `connection`. */
export function on(name, listener) {
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

/** Listens until the page is closed. */
export async function listen() {
  document.addEventListener('visibilitychange', restWhileUnseen);
  // A page that was left may be kept by the browser, with its connection.
  addEventListener('pagehide', rest);
  for (let failures = 0; ; failures++) {
    let trouble = null;
    let again = false;
    reading = new AbortController();
    early = null;
    try {
      const answer = await get('api/events', { signal: reading.signal, headers: { Accept: 'text/event-stream' } });
      failures = 0;
      again = await read(answer);
    } catch (caught) {
      trouble = caught;
    } finally {
      reading.abort();
    }
    if (document.hidden) await seen();
    else if (!again) await pauseAfter(trouble, failures);
  }
}

async function pauseAfter(trouble, failures) {
  const crowded = trouble?.status === 503 && (await loaded());
  connection(crowded ? 'crowded' : 'lost');
  const length = crowded ? CROWDED_RETRY : RETRY[Math.min(failures, RETRY.length - 1)];
  await new Promise(done => setTimeout(done, length));
}

/** Reads until the stream ends, or until the bridge wants the page to connect again, as it does now and then; returns whether it does. */
async function read(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let begun = '';
  for (;;) {
    const alarm = setTimeout(() => reading.abort(), SILENCE);
    const { value, done } = await reader.read().finally(() => clearTimeout(alarm));
    if (done) return false;
    const messages = (begun + value).split('\n\n');
    begun = messages.pop();
    for (const message of messages) {
      const name = /^event: ?(.*)$/m.exec(message)?.[1];
      const data = /^data: ?(.*)$/m.exec(message)?.[1];
      if (name === 'renew') return true;
      if (name && data) take(name, JSON.parse(data));
    }
  }
}

function take(name, data) {
  if (name === 'hello') greet(data);
  else if (name === 'closing') close();
  else if (early) early.push([name, data]);
  else apply(name, data);
}

/** The bridge ends: what this stream still began is not taken for a connection. */
function close() {
  reading.abort();
  connection('closing');
}

/** Each connection begins with everything anew: what happened before it is not told again. */
async function greet(hello) {
  early = [];
  const restarted = started !== null && started !== hello.started;
  const stream = reading;
  const { signal } = stream;
  try {
    const was = mode();
    if (restarted) await renew();
    if (mode() !== was || (restarted && was === 'setup')) return location.reload();
    started = hello.started;
    await load(signal);
    if (!signal.aborted) connection('connected');
  } catch {
    stream.abort();
  }
}

/** Takes over all that the bridge knows, unless the stream that it was for has ended meanwhile. */
async function load(signal) {
  if (mode() === 'setup') return;
  const [status, { visits }] = await Promise.all([getJson('api/status'), getJson('api/visits')]);
  if (signal?.aborted) return;
  if (bridge.status && bridge.status.version !== status.version) return location.reload();
  setClock(status.now);
  bridge.status = status;
  bridge.visits = visits;
  tell('status', status);
  tell('visits', visits);
  const waiting = early ?? [];
  early = null;
  for (const [name, data] of waiting) if (!(name === 'log' && isLogged(data))) apply(name, data);
}

/** Whether the bridge could be asked, although it has no place for one more listener. */
async function loaded() {
  try {
    await load();
    return true;
  } catch {
    return false;
  }
}

const changes = {
  detection(event) {
    const stream = bridge.status.streams.find(({ key }) => key === event.stream);
    if (stream) stream.last = event;
  },
  visit(visit) {
    const others = bridge.visits.filter(({ id }) => id !== visit.id);
    const place = others.findIndex(({ started: begun }) => begun <= visit.started);
    others.splice(place < 0 ? others.length : place, 0, visit);
    bridge.visits = others.slice(0, VISITS * (bridge.status.recorders?.length ?? 1));
  },
  streams(streams) {
    bridge.status.streams = streams;
  },
  part(part) {
    const { parts } = bridge.status;
    const place = parts.findIndex(other => other.part === part.part && other.recorder === part.recorder);
    parts.splice(place < 0 ? parts.length : place, 1, part);
  },
  health(health) {
    Object.assign(bridge.status, { left: [] }, health);
  },
  log(line) {
    bridge.status.log.push(line);
    bridge.status.log.splice(0, bridge.status.log.length - LINES);
  },
};

function apply(name, data) {
  if (!bridge.status) return;
  changes[name]?.(data);
  tell(name, data);
}

function tell(name, data) {
  for (const listener of listeners.get(name) ?? []) {
    try {
      listener(data);
    } catch (fault) {
      reportError(fault);
    }
  }
}

let state = 'connecting';

/** A bridge that ends in order is not lost when its connection then breaks. */
function connection(next) {
  if (next === state || (next === 'lost' && state === 'closing')) return;
  const before = state;
  state = next;
  tell('connection', { state, before });
}

function isLogged({ at, level, text }) {
  return bridge.status.log.some(line => line.at === at && line.level === level && line.text === text);
}

function restWhileUnseen() {
  clearTimeout(hiding);
  if (document.hidden) hiding = setTimeout(rest, UNSEEN);
}

/** Listens no more until somebody looks again; nothing is lost by that, so nothing is said of it. */
function rest() {
  reading.abort();
}

async function seen() {
  while (document.hidden)
    await new Promise(done => document.addEventListener('visibilitychange', done, { once: true }));
}
