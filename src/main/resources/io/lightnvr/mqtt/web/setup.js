/** The first start: what is missing and how to give it. */
import { getJson } from './api.js';
import { say } from './dialogs.js';
import { el, find, icon } from './dom.js';
import { text } from './text.js';

const STEPS = { addon: ['open', 'fill', 'save'], file: ['file', 'write', 'restart'] };

export async function startSetup() {
  try {
    const { addon, origin, problems, version } = await getJson('api/setup');
    find('#problems').replaceChildren(...problems.map(problemOf));
    const steps = STEPS[addon ? 'addon' : 'file'];
    const file = origin || text('setup.nowhere');
    find('#steps').replaceChildren(...steps.map(step => el('li', {}, text(`setup.step.${step}`, { file }))));
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
