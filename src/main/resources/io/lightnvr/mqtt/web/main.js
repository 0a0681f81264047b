/** Puts the page together: words, views, and what the bridge tells. */
import { startActions } from './actions.js';
import { mode } from './api.js';
import { sayLasting, say } from './dialogs.js';
import { find, setAttribute } from './dom.js';
import { listen, on } from './feed.js';
import { startHealth } from './health.js';
import { startLive } from './live.js';
import { scrollLog, startLog } from './log.js';
import { startSetup } from './setup.js';
import { loadWords, text, tick } from './text.js';
import { readFilters, startVisits } from './visits.js';

const TICK = 5000;
const VIEWS = ['live', 'visits', 'health'];

await loadWords();
on('connection', showConnection);
find('.skip').addEventListener('click', event => {
  event.preventDefault();
  find('main').focus();
});
if (mode() === 'setup') {
  show('setup');
  startSetup();
} else {
  for (const start of [startLive, startVisits, startHealth, startLog, startActions]) start();
  find('nav').hidden = false;
  addEventListener('hashchange', route);
  route();
}
setInterval(tick, TICK);
listen();

/** The view is in the address, as in #visits?stream=front_door, so that it is there again after a reload. */
function route() {
  const [, name, query] = /^#(\w+)\??(.*)$/.exec(location.hash) ?? [];
  const view = VIEWS.includes(name) ? name : VIEWS[0];
  const other = find(`#${view}`).hidden;
  show(view);
  if (other) scrollTo(0, 0);
  if (view === 'visits') readFilters(new URLSearchParams(query));
  if (view === 'health' && other) scrollLog();
}

function show(view) {
  for (const section of document.querySelectorAll('main > section')) section.hidden = section.id !== view;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#${view}`) setAttribute(link, 'aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = `${text(view)} · LightNVR MQTT`;
  tick();
}

function showConnection({ state, before }) {
  document.body.classList.remove('loading');
  document.body.classList.toggle('lost', state !== 'connected' && state !== 'crowded');
  document.body.classList.toggle('crowded', state === 'crowded');
  sayLasting(state === 'connected' ? '' : text(`connection.${state}`));
  if (state === 'connected' && before !== 'connecting') say(text('connection.again'));
}
