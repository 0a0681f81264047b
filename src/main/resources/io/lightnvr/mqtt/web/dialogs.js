/** Questions to the reader, and what is told of results. */
import { el, find, setText } from './dom.js';
import { bridge } from './feed.js';
import { quoted, streamName } from './text.js';

const RESULT = 8000;
let lasting = '';
let clearing = 0;

/** Tells the result of an action for some seconds. */
export function say(sentence) {
  clearTimeout(clearing);
  setText(find('#status'), sentence);
  clearing = setTimeout(() => setText(find('#status'), lasting), RESULT);
}

/** Tells how the connection is, for as long as it is so; nothing when it is well. */
export function sayLasting(sentence) {
  lasting = sentence;
  clearTimeout(clearing);
  setText(find('#status'), sentence);
}

/** Asks before something that cannot be taken back. */
export async function confirmed({ title, question, yes }) {
  const dialog = find('#confirm');
  setText(find('h2', dialog), title);
  setText(find('p', dialog), question);
  setText(find('[value=yes]', dialog), yes);
  return (await answered(dialog)) === 'yes';
}

/** Asks which stream a test event is for, and what is seen there; null when it shall be none. */
export async function askTestEvent() {
  const dialog = find('#test');
  const { stream, label } = find('form', dialog).elements;
  const streams = bridge.status.streams.filter(({ gone }) => !gone);
  stream.replaceChildren(...streams.map(stream => el('option', { value: stream.key }, quoted(streamName(stream)))));
  return (await answered(dialog)) === 'yes' ? { stream: stream.value, label: label.value.trim() } : null;
}

/** Shows a text that is to be copied by hand. */
export function showText(words) {
  const dialog = find('#copy');
  const area = find('textarea', dialog);
  area.value = words;
  const closed = answered(dialog);
  area.focus();
  area.select();
  return closed;
}

function answered(dialog) {
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise(done => dialog.addEventListener('close', () => done(dialog.returnValue), { once: true }));
}
