/** Who came by: the last visits, newest first, by stream and group. */
import { copyOf, el, find, follow, setAttribute, setIcon, setName, setText } from './dom.js';
import { bridge, on } from './feed.js';
import { label, Overlay } from './overlay.js';
import { clock, day, duration, groupName, number, quoted, showAgo, showSince, streamName, text } from './text.js';

const filters = { stream: '', group: '' };
let asked = false;

export function startVisits() {
  on('visits', draw);
  on('visit', draw);
  on('status', showFilters);
  on('streams', showFilters);
  for (const [name, select] of selects()) {
    select.addEventListener('change', () => filter({ ...filters, [name]: select.value }));
  }
  find('#show-all').addEventListener('click', () => filter({ stream: '', group: '' }));
}

/** Filters by what the address of the page says. */
export function readFilters(parameters) {
  for (const name of Object.keys(filters)) filters[name] = parameters.get(name) ?? '';
  showFilters();
  draw();
}

function filter(wanted) {
  const parameters = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
  const query = parameters.toString();
  location.hash = query ? `visits?${query}` : 'visits';
}

function selects() {
  return [
    ['stream', find('#by-stream')],
    ['group', find('#by-group')],
  ];
}

function showFilters() {
  const streams = (bridge.status?.streams ?? []).map(stream => [stream.key, quoted(streamName(stream))]);
  const groups = (bridge.status?.groups ?? []).map(group => [group, quoted(groupName(group))]);
  for (const [name, select] of selects()) {
    const options = new Map([['', text(`visits.any.${name}`)], ...(name === 'stream' ? streams : groups)]);
    const wanted = filters[name];
    if (!options.has(wanted)) options.set(wanted, quoted(wanted));
    follow(select, [...options], {
      key: ([value]) => value,
      create: ([value]) => el('option', { value }),
      update: (option, [, shown]) => setText(option, shown),
    });
    select.value = wanted;
  }
}

/** At most once in a frame, however many visits change. */
function draw() {
  if (!asked) requestAnimationFrame(drawNow);
  asked = true;
}

function drawNow() {
  asked = false;
  const { stream, group } = filters;
  const wanted = bridge.visits.filter(
    visit => (!stream || visit.stream === stream) && (!group || visit.groups.includes(group) || visit.type === group),
  );
  follow(find('#visits .cards'), withDays(wanted), {
    key: item => item.id ?? item,
    create: item => (item.id ? cardOf(item) : el('h2', { class: 'day' }, item)),
    update: (element, item) => item.id && update(element, item),
  });
  const shown = { shown: number(wanted.length), all: number(bridge.visits.length) };
  setText(find('#visits-summary'), stream || group ? text('visits.summary', shown) : '');
  find('#visits .empty').hidden = wanted.length > 0 || !bridge.status;
  const empty = bridge.visits.length > 0 ? 'visits.none' : 'visits.empty';
  setText(find('#visits .empty h2'), text(empty));
  setText(find('#visits .empty p'), text(`${empty}.hint`));
  find('#show-all').hidden = bridge.visits.length === 0;
}

/** The visits with the name of its day before the first of each. */
function withDays(visits) {
  return visits.flatMap((visit, place) => {
    const begun = new Date(visit.started).toDateString();
    const before = place > 0 && new Date(visits[place - 1].started).toDateString();
    return begun === before ? [visit] : [day(visit.started), visit];
  });
}

const overlays = new WeakMap();

function cardOf() {
  const card = copyOf('visit-template');
  const overlay = new Overlay();
  const image = find('img', card);
  find('.frame', card).append(overlay.element);
  overlays.set(card, overlay);
  image.addEventListener('load', () => overlay.fit(image.naturalWidth / image.naturalHeight));
  image.addEventListener('error', () => {
    image.hidden = true;
    overlay.show([]);
  });
  return card;
}

function update(card, visit) {
  showPicture(card, visit);
  for (const symbol of card.querySelectorAll('h3 .icon, .none .icon')) setIcon(symbol, visit.type);
  setName(find('.group', card), groupName(visit.type));
  if (visit.best) label(find('.best', card), visit.best);
  setName(find('.name', card), streamName(visit));
  setName(find('.where span', card), visit.zones.join(', '));
  find('.where', card).hidden = visit.zones.length === 0;
  setText(find('.clock', card), clock(visit.started));
  showAgo(find('.started', card), visit.started);
  showDuration(card, visit);
  link(find('.page', card), visit.page);
  link(find('.clip', card), visit.clip);
}

function showPicture(card, { id, picture, shown }) {
  const image = find('img', card);
  const kept = Number.isInteger(picture);
  if (kept && image.dataset.version !== String(picture)) {
    image.dataset.version = picture;
    image.hidden = false;
    image.src = `api/visits/${encodeURIComponent(id)}/picture?v=${picture}`;
    overlays.get(card).show(shown ? [shown] : []);
  } else if (!kept) {
    image.hidden = true;
    overlays.get(card).show([]);
  }
}

function showDuration(card, visit) {
  const place = find('.duration', card);
  const over = visit.phase === 'end';
  card.classList.toggle('open', !over);
  if (over) return setText(place, text('visit.lasted', { duration: duration(visit.duration * 1000) }));
  const age = place.querySelector('time') ?? el('time');
  showSince(age, visit.started);
  place.replaceChildren(`${text('visit.open')} `, age);
}

/** Only the web's own addresses become links: a script's would run in this page. */
function link(anchor, address) {
  anchor.hidden = !/^https?:\/\//i.test(address ?? '');
  if (anchor.hidden) anchor.removeAttribute('href');
  else setAttribute(anchor, 'href', address);
}
