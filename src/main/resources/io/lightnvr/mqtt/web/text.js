/** Words, numbers and times in the reader's language. */
import { setAttribute, setText } from './dom.js';

const LANGUAGES = { de: 'de', en: 'en', es: 'es', fr: 'fr', nl: 'nl', pl: 'pl', zh: 'zh-Hans' };
const GROUPS = new Set(['person', 'vehicle', 'animal', 'package', 'motion', 'other']);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Characters that turn the direction of the text around them, which a name must not do to a sentence. */
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const wanted = navigator.languages.find(tag => primary(tag) in LANGUAGES) ?? 'en';
const language = LANGUAGES[primary(wanted)];
const percents = new Intl.NumberFormat(wanted, { style: 'percent' });
const numbers = new Intl.NumberFormat(wanted, { maximumFractionDigits: 1 });
const relative = new Intl.RelativeTimeFormat(wanted, { numeric: 'auto', style: 'short' });
const clockTime = new Intl.DateTimeFormat(wanted, { timeStyle: 'short' });
const exactTime = new Intl.DateTimeFormat(wanted, { dateStyle: 'medium', timeStyle: 'medium' });
const wholeDay = new Intl.DateTimeFormat(wanted, { dateStyle: 'full' });

const units = new Map();

let words = {};
let ahead = 0;

/** Fetches the words of the reader's language and writes them into the document and its templates. */
export async function loadWords() {
  words = await (await fetch(`lang/${language}.json`)).json();
  document.documentElement.lang = language;
  const templates = [...document.querySelectorAll('template')].map(template => template.content);
  for (const part of [document, ...templates]) {
    for (const element of part.querySelectorAll('[data-text]')) element.textContent = text(element.dataset.text);
    for (const element of part.querySelectorAll('[data-label]')) element.ariaLabel = text(element.dataset.label);
  }
}

/** The words for a key, with {names} replaced by values. */
export function text(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

/** A name from outside as a part of a sentence or of an option's text: it cannot turn what is around it. */
export function quoted(name) {
  return `\u2068${String(name).replace(TURNING, '').slice(0, 80)}\u2069`;
}

/** What people call a group; one of their own goes by its name. */
export function groupName(group) {
  return GROUPS.has(group) ? text(`group.${group}`) : group;
}

export const percent = fraction => percents.format(fraction);

export const number = value => numbers.format(value);

export function bytes(value) {
  return unit(value / (1024 * 1024), 'megabyte');
}

export function milliseconds(value) {
  return value < SECOND ? unit(Math.round(value), 'millisecond', 'narrow') : unit(value / SECOND, 'second', 'narrow');
}

/** A length of time in at most two units. */
export function duration(length) {
  if (length < MINUTE) return unit(Math.max(0, Math.floor(length / SECOND)), 'second');
  if (length < HOUR) return unit(Math.floor(length / MINUTE), 'minute');
  return length < DAY ? inTwo(length, [HOUR, 'hour'], [MINUTE, 'minute']) : inTwo(length, [DAY, 'day'], [HOUR, 'hour']);
}

/** When something began: the time of day, with the date unless it is today. */
export function moment(time) {
  const date = new Date(time);
  return date.toDateString() === new Date(now()).toDateString() ? clockTime.format(date) : exactTime.format(date);
}

/** The time of day. */
export const clock = time => clockTime.format(new Date(time));

const exact = time => exactTime.format(new Date(time));

/** The day of a time as a heading: today and yesterday by their words. */
export function day(time) {
  const date = new Date(time);
  const days = Math.round((new Date(now()).setHours(0, 0, 0, 0) - new Date(time).setHours(0, 0, 0, 0)) / DAY);
  return days === 0 || days === 1
    ? capital(new Intl.RelativeTimeFormat(wanted, { numeric: 'auto' }).format(-days, 'day'))
    : capital(wholeDay.format(date));
}

/** The bridge's time in milliseconds, by which all ages are told: the browser's clock may be wrong. */
export const now = () => Date.now() + ahead;

/** Sets the clock by the time that the bridge has told. */
export function setClock(time) {
  ahead = Date.parse(time) - Date.now() || 0;
}

/** Shows how long ago a time is, for as long as it is on the page. */
export function showAgo(element, time) {
  showTime(element, time, 'ago');
}

/** Shows for how long something has been so, for as long as it is on the page. */
export function showSince(element, time) {
  showTime(element, time, 'since');
}

/** Brings the ages that can be seen up to date. */
export function tick() {
  for (const element of document.querySelectorAll('section:not([hidden]) time[data-tick]')) showAge(element);
}

function showTime(element, time, kind) {
  if (element.dateTime !== time) {
    element.dateTime = time;
    setAttribute(element, 'title', exact(time));
  }
  element.dataset.tick = kind;
  showAge(element);
}

function showAge(element) {
  const age = Math.max(0, now() - Date.parse(element.dateTime));
  setText(element, element.dataset.tick === 'ago' ? ago(age) : duration(age));
}

/** What people call a stream; where there are several recorders, with that of it. */
export function streamName({ name, recorder }) {
  return recorder ? `${name} · ${recorder}` : name;
}

/** Steps of five seconds at first: a page of ages that all change each second is restless. */
function ago(age) {
  if (age < MINUTE) return relative.format(-Math.floor(age / (5 * SECOND)) * 5, 'second');
  if (age < HOUR) return relative.format(-Math.floor(age / MINUTE), 'minute');
  if (age < DAY) return relative.format(-Math.floor(age / HOUR), 'hour');
  return relative.format(-Math.floor(age / DAY), 'day');
}

function inTwo(length, [most, mostName], [least, leastName]) {
  const rest = Math.floor((length % most) / least);
  return unit(Math.floor(length / most), mostName) + (rest > 0 ? ` ${unit(rest, leastName)}` : '');
}

function unit(value, name, unitDisplay = 'short') {
  const kind = `${name} ${unitDisplay}`;
  const options = { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: 1 };
  if (!units.has(kind)) units.set(kind, new Intl.NumberFormat(wanted, options));
  return units.get(kind).format(value);
}

function capital(sentence) {
  return sentence.charAt(0).toLocaleUpperCase(wanted) + sentence.slice(1);
}

function primary(tag) {
  return tag.split('-')[0].toLowerCase();
}
