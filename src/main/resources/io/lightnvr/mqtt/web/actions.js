/** What the reader can have the bridge do. */
import { get, post } from './api.js';
import { askTestEvent, confirmed, say, showText } from './dialogs.js';
import { el, find, follow, setName } from './dom.js';
import { bridge, on } from './feed.js';
import { findingOf } from './findings.js';
import { quoted, streamName, text } from './text.js';

export function startActions() {
  offer('check', 'check', runDoctor);
  offer('test-event', 'test_event', sendTestEvent);
  offer('announce', 'announce', async () => say(await sentenceOf(post('api/announce'))));
  offer('report', null, copyReport);
  on('status', showGone);
  on('streams', showGone);
  on('status', showLeft);
  on('health', showLeft);
}

/** Makes a button do something, once at a time, where the bridge can do it. */
function offer(id, action, task) {
  const button = find(`#${id}`);
  button.addEventListener('click', () => attempt(button, task));
  on('status', ({ actions }) => {
    button.hidden = action !== null && !actions?.[action];
  });
}

async function attempt(button, task) {
  if (button.ariaDisabled === 'true') return;
  button.ariaDisabled = 'true';
  try {
    await task();
  } catch (trouble) {
    say(trouble instanceof TypeError ? text('unreachable') : trouble.message);
  } finally {
    button.ariaDisabled = null;
  }
}

async function runDoctor() {
  const answer = await post('api/check');
  const place = find('#doctor');
  const results = find('.findings', place);
  results.replaceChildren();
  place.hidden = false;
  place.classList.add('running');
  try {
    for await (const line of lines(answer.body)) {
      const told = JSON.parse(line);
      if (told.result) say(text(`doctor.${told.result}`));
      else results.append(findingOf(told));
    }
  } finally {
    place.classList.remove('running');
  }
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ''; ;) {
    const { value = '\n', done } = await reader.read();
    const parts = (rest + value).split('\n');
    rest = parts.pop();
    yield* parts.filter(Boolean);
    if (done) return;
  }
}

async function sendTestEvent() {
  const wanted = await askTestEvent();
  if (wanted) say(await sentenceOf(post('api/test-event', wanted)));
}

async function copyReport() {
  const report = await (await get('api/report')).text();
  try {
    await navigator.clipboard.writeText(report);
    say(text('report.copied'));
  } catch {
    await showText(report);
  }
}

/** The streams that the recorder no longer has, each with a way to be forgotten. */
function showGone() {
  const gone = bridge.status.streams.filter(stream => stream.gone);
  find('#gone').hidden = gone.length === 0 || !bridge.status.actions?.forget;
  follow(find('#gone ul'), gone, {
    key: ({ key }) => key,
    create(stream) {
      const button = el('button', { type: 'button' }, text('action.forget'));
      button.ariaLabel = text('action.forget.stream', { stream: quoted(streamName(stream)) });
      button.addEventListener('click', () => attempt(button, () => forget(stream)));
      return el('li', {}, el('span', { class: 'name' }), button);
    },
    update: (row, stream) => setName(find('.name', row), streamName(stream)),
  });
}

/** The recorders that have no entry any more, each with a way to be forgotten. */
function showLeft() {
  const left = bridge.status.left ?? [];
  find('#left').hidden = left.length === 0;
  follow(find('#left ul'), left, {
    key: name => name,
    create(name) {
      const button = el('button', { type: 'button' }, text('action.forget'));
      button.ariaLabel = text('action.forget.stream', { stream: quoted(name) });
      button.addEventListener('click', () => attempt(button, () => forgetRecorder(name)));
      return el('li', {}, el('span', { class: 'name' }, name), button);
    },
  });
}

async function forgetRecorder(name) {
  const question = {
    title: text('forget.recorder.title'),
    question: text('forget.recorder.question', { recorder: quoted(name) }),
    yes: text('action.forget'),
  };
  if (await confirmed(question)) say(await sentenceOf(post('api/forget-recorder', { recorder: name })));
}

async function forget(stream) {
  const { key } = stream;
  const question = {
    title: text('forget.title'),
    question: text('forget.question', { stream: quoted(streamName(stream)) }),
    yes: text('action.forget'),
  };
  if (await confirmed(question)) say(await sentenceOf(post('api/forget', { stream: key })));
}

async function sentenceOf(request) {
  return (await (await request).json()).sentence;
}
