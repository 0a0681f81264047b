/** The add-on's first start: what is missing and what to do. */
import { getJson } from './api.js';
import { say } from './dialogs.js';
import { el, find, icon } from './dom.js';

export async function startSetup() {
  try {
    const { problems, version } = await getJson('api/setup');
    find('#problems').replaceChildren(...problems.map(problemOf));
    find('#about').textContent = `LightNVR MQTT ${version}`;
  } catch (trouble) {
    say(trouble.message);
  }
}

function problemOf({ key, sentence, what_to_do: remedy }) {
  const words = el('div', { lang: 'en' }, el('p', {}, ...(key ? [el('code', {}, key), ' '] : []), sentence));
  if (remedy) words.append(el('p', { class: 'remedy' }, remedy));
  return el('li', { class: 'warning' }, el('span', { class: 'verdict' }, icon('warning')), words);
}
