/** Requests to the bridge. All addresses are relative: Home Assistant serves the page below a path of its own. */
import { text } from './text.js';

const meta = name => document.querySelector(`meta[name=${name}]`);

/** What the bridge has said no to, in a sentence for people. */
class Refused extends Error {
  constructor(sentence, status) {
    super(sentence);
    this.status = status;
  }
}

/** `bridge`, or `setup` where the configuration is missing. */
export const mode = () => meta('mode').content;

/** Asks for something; an answer that is no success is thrown as Refused. */
export async function get(path, options = {}) {
  return admitted(await fetch(path, { cache: 'no-store', ...options }));
}

export async function getJson(path) {
  return (await get(path)).json();
}

/** Has the bridge do something. A page from before the bridge's last start gets the new token and tries once more. */
export async function post(path, body = {}) {
  let answer = await send(path, body);
  if (answer.status === 403) {
    await renew();
    answer = await send(path, body);
  }
  return admitted(answer);
}

/** Takes token and mode from the page as it is served now. */
export async function renew() {
  const page = new DOMParser().parseFromString(await (await get('./')).text(), 'text/html');
  for (const name of ['token', 'mode']) meta(name).content = page.querySelector(`meta[name=${name}]`)?.content ?? '';
}

function send(path, body) {
  const headers = { 'Content-Type': 'application/json', 'X-Token': meta('token').content };
  return fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function admitted(answer) {
  if (answer.ok) return answer;
  if (answer.status === 401) location.reload();
  const told = await answer.json().catch(() => ({}));
  throw new Refused(told.error ?? text('refused', { status: answer.status }), answer.status);
}
