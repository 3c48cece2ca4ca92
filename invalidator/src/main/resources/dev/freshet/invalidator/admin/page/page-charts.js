// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The charts of the last 15 minutes. */
import { at, bytes, draw, make, NB, short, whole } from './page-text.js';

const SPAN = 15 * 60000;
const HEIGHT = 160, LEFT = 70, RIGHT = 8, TOP = 6, BOTTOM = 22;
/** Between the axis and zero, so that a line of zeros is seen. */
const FLOOR = 5;

/** Differences per second of a counter; a smaller value than before is a process that began anew. */
function perSecond(samples, name) {
  const points = [];
  for (let i = 1; i < samples.length; i++) {
    const took = (new Date(samples[i].at) - new Date(samples[i - 1].at)) / 1000;
    const more = samples[i][name] - samples[i - 1][name];
    points.push({ at: new Date(samples[i].at), value: took > 0 && more >= 0 ? more / took : null });
  }
  return points;
}

const values = (samples, name) => samples.map((each) => ({ at: new Date(each.at), value: each[name] }));

/** The unit of a chart, for its axis and its legend: a factor, and how a number is told. */
function inTime(most) {
  const [, factor, unit] = [[1, 1000, 'ms'], [120, 1, 's'], [7200, 1 / 60, 'min'], [Infinity, 1 / 3600, 'h']].find(([to]) => most <= to);
  return { factor, text: (value) => value ? `${short(value)}${NB}${unit}` : '0' };
}
const inBytes = () => ({ factor: 1, text: (value) => value ? bytes(value) : '0' });
const inNumbers = () => ({ factor: 1, text: short });

/** The round number to which the axis goes; its half is round, too. */
function roundTop(most) {
  const base = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 6, 8, 10].map((step) => step * base).find((top) => top >= most);
}

/**
 * @param lines up to two, each with points and how its greatest value is called
 * @param least what the axis reaches at least, so that little looks like little
 */
function chart(figure, title, lines, unitOf, now, least) {
  const width = Math.max(260, figure.clientWidth || 340);
  const known = (line) => line.points.map((point) => point.value).filter((value) => value != null);
  const most = Math.max(least, ...lines.flatMap(known));
  const unit = unitOf(most);
  const tell = (value) => value == null ? 'unknown' : unit.text(value * unit.factor);
  const round = roundTop(most * unit.factor);
  const floor = HEIGHT - BOTTOM - FLOOR;
  const x = (date) => LEFT + (width - LEFT - RIGHT) * Math.min(1, Math.max(0, (date - (now - SPAN)) / SPAN));
  // A tenth above the axis' last number is free.
  const y = (value) => floor - (floor - TOP) * value * unit.factor / (round * 1.1);
  const legends = lines.map((line) => {
    const all = known(line);
    const words = all.length
      ? `now ${tell(line.points[line.points.length - 1].value)}; ${line.most || 'most'} in 15${NB}min: ${tell(Math.max(...all))}`
      : 'nothing yet';
    return `${line.name ? `${line.name}: ` : ''}${words}${line.after || ''}`;
  });
  // The words below say what it shows, to those who cannot see it, too.
  const svg = draw('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, 'aria-hidden': 'true' });
  svg.append(draw('line', { class: 'axis', x1: LEFT, x2: width - RIGHT, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM }));
  for (const share of [0, 0.5, 1]) {
    const height = y(round * share / unit.factor);
    if (share) svg.append(draw('line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: height, y2: height }));
    svg.append(draw('text', { x: LEFT - 8, y: height + 4, 'text-anchor': 'end' }, unit.text(round * share)));
  }
  for (const minutes of [15, 10, 5, 0]) {
    svg.append(draw('text', { x: x(now - minutes * 60000), y: HEIGHT - 5, 'text-anchor': minutes ? 'middle' : 'end' },
      minutes ? `−${whole.format(minutes)}${NB}min` : 'now'));
  }
  lines.forEach((line, i) => {
    let path = '', pen = 'M';
    for (const point of line.points) {
      if (point.value == null) { pen = 'M'; continue; }
      path += `${pen}${x(point.at).toFixed(1)} ${y(point.value).toFixed(1)}`;
      pen = 'L';
    }
    if (path) svg.append(draw('path', { class: i ? 'two' : 'one', d: path }));
  });
  const legend = make('figcaption');
  legends.forEach((text, i) => {
    const words = make('span', text);
    if (lines.length > 1) {
      const mark = draw('svg', { class: 'mark', viewBox: '0 0 22 10', 'aria-hidden': 'true' });
      mark.append(draw('line', { class: i ? 'two' : 'one', x1: 1, x2: 21, y1: 5, y2: 5 }));
      words.prepend(mark);
    }
    legend.append(words);
  });
  figure.replaceChildren(make('h3', title), svg, legend);
}

let drawn = '';

/** Again only with a new point or another width: what somebody marks or has read aloud stays. */
export function showCharts({ samples, current, wal, now }) {
  const last = samples.length ? samples[samples.length - 1].at : now;
  const drawing = `${last} ${at('charts').clientWidth}`;
  if (drawing === drawn) return;
  drawn = drawing;
  while (at('charts').childElementCount < 4) at('charts').append(make('figure'));
  const [behind, changes, stale, waiting] = at('charts').children;
  const end = new Date(now).getTime();
  const measured = [...samples, current];
  const limit = wal.limited === false ? '; no limit' : wal.safeBytes == null ? '' : `; ${bytes(wal.safeBytes)} until the limit`;
  chart(behind, 'Behind PostgreSQL, at most', [{ points: values(measured, 'lag'), most: 'worst' }], inTime, end, 1);
  chart(changes, 'Changes per second', [{ name: 'transactions', points: perSecond(samples, 'transactions') },
    { name: 'rows', points: perSecond(samples, 'rows') }], inNumbers, end, 1);
  chart(stale, 'Stale keys per second', [{ name: 'evicted', points: perSecond(samples, 'present') },
    { name: 'not in the cache', points: perSecond(samples, 'absent') }], inNumbers, end, 1);
  chart(waiting, 'WAL waiting', [{ points: values(measured, 'lagBytes'), after: limit }], inBytes, end, 1e6);
}
