/** The last lines of the log. */
import { el, find } from './dom.js';
import { on } from './feed.js';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];
const LINES = 100;

export function startLog() {
  const list = find('.log');
  const level = find('#log-level');
  on('status', ({ log }) => atTheEnd(list, () => list.replaceChildren(...log.slice(-LINES).map(rowOf))));
  on('log', line =>
    atTheEnd(list, () => {
      list.append(rowOf(line));
      if (list.children.length > LINES) list.firstChild.remove();
    }),
  );
  level.addEventListener('change', () => {
    atTheEnd(list, () => {
      for (const name of LEVELS)
        list.classList.toggle(`without-${name}`, LEVELS.indexOf(name) < LEVELS.indexOf(level.value));
    });
  });
}

/** Shows the end of the log when its view is opened. */
export function scrollLog() {
  const list = find('.log');
  list.scrollTop = list.scrollHeight;
}

/** Changes the list; the end stays in sight if it was, and otherwise nothing moves. */
function atTheEnd(list, change) {
  const end = list.scrollHeight - list.scrollTop - list.clientHeight < 8;
  change();
  if (end) list.scrollTop = list.scrollHeight;
}

function rowOf({ at, level, text }) {
  const time = el('time', { title: at }, at.slice(11, 19));
  return el('li', { class: level }, time, el('b', {}, level), el('span', {}, text));
}
