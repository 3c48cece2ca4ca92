// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Numbers, times and elements. Text is only ever set as text. */

const SVG = 'http://www.w3.org/2000/svg';
/** Between a number and its unit. */
export const NB = '\u00a0';
/** Stays at the end of a line. */
export const DOT = `${NB}· `;

export const at = (id) => document.getElementById(id);

/** Only when it changed: a screen reader reads changes aloud. */
export function set(id, text) {
  if (at(id).textContent !== text) at(id).textContent = text;
}

/** The items of a list, only when they changed. */
export function setItems(id, items) {
  const before = at(id).children;
  const isSame = before.length === items.length && items.every((item, i) => item.isEqualNode(before[i]));
  if (!isSame) at(id).replaceChildren(...items);
}

export function make(name, text, children = []) {
  const element = document.createElement(name);
  if (text != null) element.textContent = text;
  for (const child of children) element.append(child);
  return element;
}

export function draw(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text != null) element.textContent = text;
  return element;
}

export const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export const short = (value) => (value < 10 ? tenths : whole).format(value);

export const counted = (number, one) => `${whole.format(number)}${NB}${one}${number === 1 ? '' : 's'}`;

/** A time that was measured. */
export function seconds(value) {
  if (value == null) return 'unknown';
  if (value < 1) return `${whole.format(value * 1000)}${NB}ms`;
  return value < 120 ? `${tenths.format(value)}${NB}s` : span(value);
}

/** A time in whole units. */
export function span(value) {
  if (value < 120) return `${whole.format(value)}${NB}s`;
  const minutes = Math.round(value / 60);
  if (minutes < 120) return `${minutes}${NB}min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}${NB}h` + (minutes % 60 ? `${NB}${minutes % 60}${NB}min` : '');
  return `${whole.format(hours / 24)}${NB}days`;
}

export function bytes(value) {
  if (value == null) return 'unknown';
  let unit = 0;
  while (value >= 1000 && unit < 4) { value /= 1000; unit++; }
  return `${tenths.format(value)}${NB}${['B', 'kB', 'MB', 'GB', 'TB'][unit]}`;
}

/** In the browser's time zone, which the top of the page names. */
export const time = (text) => new Date(text).toLocaleTimeString('sv', { hour12: false });

/** With the zone, and with the day if that is not today. */
export function moment(text, now) {
  const date = new Date(text);
  const day = date.toLocaleDateString('sv');
  const clock = date.toLocaleTimeString('sv', { timeZoneName: 'short' });
  return (day === new Date(now).toLocaleDateString('sv') ? clock : `${day} ${clock}`).replace(/ /g, NB);
}

/** Seconds from a time until now; 0 if the clocks of two machines disagree. */
export const since = (text, now) => Math.max(0, (new Date(now) - new Date(text)) / 1000);
