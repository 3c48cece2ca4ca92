// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
'use strict';

const SVG = 'http://www.w3.org/2000/svg';
const SHOWN = 50;
const at = (id) => document.getElementById(id);
let token = sessionStorage.getItem('freshet-token');
let next = 0;
let paused = false;
let mappingShown = false;
let entities = [];
let sampledUntil = null;

// --- Small helpers. Text is only ever set as text. --------------------------------------------------------------------

function make(name, text, children = []) {
  const element = document.createElement(name);
  if (text != null) element.textContent = text;
  for (const child of children) element.append(child);
  return element;
}

function draw(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text != null) element.textContent = text;
  return element;
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

function seconds(value) {
  if (value == null) return 'unknown';
  if (value < 1) return `${whole.format(value * 1000)} ms`;
  if (value < 120) return `${value.toFixed(1)} s`;
  if (value < 7200) return `${whole.format(value / 60)} min`;
  if (value < 172800) return `${whole.format(value / 3600)} h`;
  return `${whole.format(value / 86400)} days`;
}

function bytes(value) {
  if (value == null) return 'unknown';
  let unit = 0;
  while (value >= 1000 && unit < 4) { value /= 1000; unit++; }
  return `${unit === 0 ? whole.format(value) : value.toFixed(1)} ${['B', 'kB', 'MB', 'GB', 'TB'][unit]}`;
}

function rate(value) {
  return value == null ? 'unknown' : `${value < 10 ? value.toFixed(1) : whole.format(value)}/s`;
}

/** In the browser's time zone, which the top of the page names. */
function time(text) {
  return new Date(text).toLocaleTimeString('sv', { hour12: false });
}

const moment = (text) => new Date(text).toLocaleString('sv', { hour12: false });

class Refused extends Error {}

async function ask(path) {
  const response = await fetch(path, { headers: token ? { Authorization: `Bearer ${token}` } : {}, cache: 'no-store' });
  if (response.status === 401) throw new Refused('the token is missing or wrong');
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${(await response.text()).trim()}`);
  return response.json();
}

// --- State -------------------------------------------------------------------------------------------------------------

const MEANING = {
  'streaming': ['good', 'up to date'],
  'standby': ['good', 'stands by; another instance evicts'],
  'catching-up': ['wait', 'reads what was committed before it started'],
  'starting': ['wait', 'connects and checks'],
  'slot-in-use': ['bad', 'another program streams from the slot'],
  'waiting-for-redis': ['bad', 'Redis does not accept evictions; they are retried'],
  'failed': ['bad', 'the stream broke; it is tried again'],
  'blocked': ['bad', 'a person has to mend something'],
  'refused': ['bad', 'the namespace or the slot is another\'s'],
  'stopped': ['bad', 'it has ended'],
};

function set(id, text) {
  // Only when it changed: a screen reader reads changes aloud.
  if (at(id).textContent !== text) at(id).textContent = text;
}

function showStatus(status) {
  const [mood, words] = MEANING[status.state] || ['wait', ''];
  at('state').className = mood;
  set('state-name', `${status.state}: ${words}`);
  set('state-since', `since ${moment(status.since)}`);
  set('reason', status.reason || '');
  set('about', `Version ${status.version} · namespace ${status.namespace} · slot ${status.slot} · position ${status.position || 'none yet'} · as of ${new Date().toLocaleTimeString('sv', { timeZoneName: 'short' })}`);
  document.title = `${status.state} – Freshet`;
}

// --- Charts ------------------------------------------------------------------------------------------------------------

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

/** @param least what the axis reaches at least, so that little looks like little */
function chart(title, lines, format, now, least) {
  const width = 360, height = 130, left = 62, bottom = 18, top = 8;
  const known = lines.flatMap((line) => line.points).filter((point) => point.value != null);
  const most = Math.max(...known.map((point) => point.value), least);
  const from = now - 15 * 60000;
  const x = (date) => left + (width - left - 6) * Math.min(1, Math.max(0, (date - from) / (15 * 60000)));
  const y = (value) => top + (height - top - bottom) * (1 - value / most);
  const last = (line) => line.points.length ? line.points[line.points.length - 1].value : null;
  const label = `${title}. ` + lines.map((line) => {
    const all = line.points.filter((point) => point.value != null).map((point) => point.value);
    return `${line.name}: ${all.length ? `now ${format(last(line))}, at most ${format(Math.max(...all))}` : 'nothing yet'}`;
  }).join('. ');
  const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
  for (const share of [0, 0.5, 1]) {
    svg.append(draw('line', { class: 'grid', x1: left, x2: width - 6, y1: y(most * share), y2: y(most * share) }));
    svg.append(draw('text', { x: left - 6, y: y(most * share) + 4, 'text-anchor': 'end' }, format(most * share)));
  }
  for (const minutes of [15, 10, 5, 0]) {
    svg.append(draw('text', { x: x(now - minutes * 60000), y: height - 3, 'text-anchor': minutes ? 'middle' : 'end' },
      minutes ? `-${minutes} min` : 'now'));
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
  lines.forEach((line, i) => {
    const words = make('span', `${line.name}: ${line.now || format(last(line))}`);
    if (lines.length > 1) {
      const mark = draw('svg', { class: 'mark', viewBox: '0 0 22 10', 'aria-hidden': 'true' });
      mark.append(draw('line', { class: i ? 'two' : 'one', x1: 1, x2: 21, y1: 5, y2: 5 }));
      words.prepend(mark);
    }
    legend.append(words);
  });
  const figure = make('figure');
  figure.append(make('strong', title), svg, legend);
  return figure;
}

function lastMinute(samples, name, now) {
  const since = samples.find((each) => new Date(each.at) >= now - 60000);
  return since ? samples[samples.length - 1][name] - since[name] : 0;
}

function showHistory(history) {
  const { samples, wal, purges } = history;
  const now = new Date(history.now).getTime();
  if (!samples.length) return;
  if (sampledUntil && samples[0].at > sampledUntil) {
    // Another process answers now, which counts its transactions anew.
    next = 0;
    at('list').replaceChildren();
  }
  sampledUntil = samples[samples.length - 1].at;
  set('f-lag', seconds(samples[samples.length - 1].lag));
  set('f-transactions', whole.format(lastMinute(samples, 'transactions', now)));
  set('f-present', whole.format(lastMinute(samples, 'present', now)));
  set('f-absent', whole.format(lastMinute(samples, 'absent', now)));
  set('f-wal', bytes(wal.lagBytes));
  set('f-full', wal.limited ? (wal.secondsUntilFull == null ? (wal.safeBytes == null ? 'unknown' : 'not in sight') : seconds(wal.secondsUntilFull)) : 'no budget set');
  at('full-note').className = wal.limited ? 'quiet' : 'mind';
  set('full-note', wal.limited
    ? `${bytes(wal.safeBytes)} may still be written before PostgreSQL gives up the slot.`
    : 'Mind: max_slot_wal_keep_size is not set. While this invalidator is down or stalled, WAL may fill the disk of PostgreSQL.');
  const minute = (name) => `${whole.format(lastMinute(samples, name, now))} in the last minute`;
  at('charts').replaceChildren(
    chart('Behind', [{ name: 'age of the newest commit that is done', points: values(samples, 'lag') }], seconds, now, 1),
    chart('Changes a second', [{ name: 'transactions', points: perSecond(samples, 'transactions'), now: minute('transactions') },
      { name: 'rows', points: perSecond(samples, 'rows'), now: minute('rows') }], rate, now, 1),
    chart('Stale keys a second', [{ name: 'evicted', points: perSecond(samples, 'present'), now: minute('present') },
      { name: 'were not cached', points: perSecond(samples, 'absent'), now: minute('absent') }], rate, now, 1),
    chart('WAL', [{ name: 'not done yet', points: values(samples, 'lagBytes') }], bytes, now, 1e6));
  const reasons = Object.entries(purges);
  at('purges').replaceChildren(...(reasons.length
    ? reasons.map(([reason, count]) => make('li', `${reason}: ${whole.format(count)}`))
    : [make('li', 'none')]));
}

// --- Transactions ------------------------------------------------------------------------------------------------------

const rowOf = (each) => `${each.table} ${Object.entries(each.id || {}).map(([column, value]) => `${column}=${value}`).join(', ')}`.trim();

const WHY = {
  'own': 'it shows the row', 'listing': 'it lists the row', 'inherited': 'it inherits from the row',
  'moved-from': 'the row belonged to it', 'moved-to': 'the row belongs to it now', 'related': 'it is reached from the row by references',
  'truncated': 'the table was emptied', 'mapping-changed': 'the mapping changed',
};

/** The templates that can have made a key: [entity, template]. A value in a key may have any text. */
function templates(key) {
  const plain = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return entities.flatMap((entity) => entity.keys.map((template) => [entity, template])).filter(([, template]) =>
    new RegExp(`^${template.split(/\{[^{}]*\}/).map(plain).join('.*')}$`, 's').test(key));
}

/** The entities that a template leads over: its own, and those of its longest path. */
function stepsOf(entity, template) {
  const steps = [...template.matchAll(/\{([^{}]*)\}/g)].map((found) => found[1].replace(/^.*\(([a-z].*\.[^,]*)[,)].*$/, '$1').split('.').slice(0, -1));
  const longest = steps.reduce((one, other) => other.length > one.length ? other : one, []);
  return [entity.name, ...longest];
}

const tableOf = (name) => (entities.find((each) => each.name === name.replace(/[*+(].*$/, '')) || {}).table;

/** Those of the templates that a change in this table makes stale for this reason. */
function concerned(found, reason, table) {
  const own = found.filter(([entity]) => entity.table === table);
  const other = found.filter(([entity, template]) => entity.table !== table
    && stepsOf(entity, template).some((name) => tableOf(name) === table));
  if (reason === 'related' && other.length) return other;
  return own.length ? own : other.length ? other : found;
}

/** The way from a template's entity to the rows that it leads to, with the entity of the changed row marked. */
function path(entity, template, table) {
  const drawn = make('span');
  drawn.className = 'path';
  stepsOf(entity, template).forEach((name, i) => {
    if (i) drawn.append(' → ');
    drawn.append(make(tableOf(name) === table ? 'strong' : 'span', name));
  });
  drawn.append(' → ', make('code', template));
  return drawn;
}

function eviction(each) {
  const what = { key: 'key', tag: 'tag', keys: 'keys like', tags: 'tags like' }[each.kind] || each.kind;
  const item = make('li', null, [
    `${each.operation} of `, make('code', rowOf(each)), ` evicted ${what} `, make('code', each.name), each.isolate ? ` of ${each.isolate}` : '',
    `: ${WHY[each.reason] || each.reason}`]);
  if (each.kind === 'key') {
    const found = concerned(templates(each.name), each.reason, each.table);
    if (found.length) item.append(make('br'), found.length > 1 ? 'By one of these lines of the mapping:' : 'By this line of the mapping:');
    found.forEach(([entity, template]) => item.append(make('br'), path(entity, template, each.table)));
  }
  return item;
}

function entry(transaction) {
  const details = make('details');
  const stale = transaction.evictionCount;
  details.append(make('summary', null, [
    `${time(transaction.committedAt)} · ${rowsOf(transaction)} · `, ...firstOf(transaction),
    `${stale === 0 ? 'nothing stale' : `${whole.format(transaction.keysRemoved)} of ${whole.format(stale)} stale were cached`} · ${seconds(transaction.latencyMicros / 1e6)} after the commit`]));
  // Filled when it is opened: most never are.
  details.addEventListener('toggle', () => {
    if (!details.open || details.childElementCount > 1) return;
    details.append(make('p', `Transaction ${transaction.txId}, position ${transaction.position}`));
    const changes = make('ul');
    for (const each of transaction.changes) {
      changes.append(make('li', null, [`${each.operation} `, make('code', rowOf(each)),
        each.columns.length ? ` (changed: ${each.columns.join(', ')})` : '']));
    }
    details.append(make('p', `Rows: ${whole.format(transaction.rows)}`), changes);
    const evictions = make('ul');
    transaction.evictions.forEach((each) => evictions.append(eviction(each)));
    const more = transaction.evictionCount - transaction.evictions.length;
    if (more > 0) evictions.append(make('li', `and ${whole.format(more)} more`));
    details.append(make('p', 'Evicted:'), evictions);
  });
  return details;
}

/** The first names of what it evicted. */
function firstOf(transaction) {
  const names = [...new Set(transaction.evictions.map((each) => each.name))].slice(0, 3);
  if (!names.length) return [];
  const more = transaction.evictionCount - names.length;
  return [...names.flatMap((name, i) => [i ? ', ' : '', make('code', name)]), more > 0 ? ` and ${whole.format(more)} more · ` : ' · '];
}

function rowsOf(transaction) {
  const tables = [...new Set(transaction.changes.map((each) => each.table))];
  return `${whole.format(transaction.rows)} ${transaction.rows === 1 ? 'row' : 'rows'} of ${tables.slice(0, 3).join(', ')}${tables.length > 3 ? ', …' : ''}`;
}

function showRecent(recent) {
  if (!recent) {
    set('count', 'Not shown: the invalidator runs with --no-recent.');
    return;
  }
  next = recent.next;
  for (const each of recent.transactions) at('list').prepend(entry(each));
  while (at('list').childElementCount > SHOWN) at('list').lastElementChild.remove();
  set('count', at('list').childElementCount ? `The last ${at('list').childElementCount}, newest first.` : 'None since the start.');
}

async function why(key) {
  let last = null;
  let looked = 0;
  // In pages: all at once would be a large answer for the process that evicts.
  for (let after = 0; ;) {
    const page = await ask(`/recent?after=${after}&limit=100&details=200`);
    if (!page) return [make('p', 'The invalidator runs with --no-recent, and does not tell.')];
    if (!page.transactions.length || page.next <= after) break;
    after = page.next;
    looked += page.transactions.length;
    for (const transaction of page.transactions) {
      const found = transaction.evictions.filter((each) => each.name === key);
      if (found.length) last = { transaction, found };
    }
  }
  if (last) {
    return [make('p', `Evicted at ${time(last.transaction.evictedAt)}, the last time, by transaction ${last.transaction.txId}, ${seconds(last.transaction.latencyMicros / 1e6)} after its commit:`),
      make('ul', null, last.found.map(eviction))];
  }
  return [make('p', `None of the last ${whole.format(looked)} transactions evicted it by that name. `
    + 'It may have expired, been deleted by somebody else, or gone by a pattern, a tag or a purge.'),
  make('p', null, ['Which rows make it: ', make('code', `freshet invalidator explain '${key}'`)])];
}

// --- Mapping -----------------------------------------------------------------------------------------------------------

/** Entities in rows: those that refer to nothing on top, each other below all that it refers to. */
function levels(entities) {
  const level = new Map(entities.map((each) => [each.name, 0]));
  for (let round = 0; round < entities.length; round++) {
    for (const each of entities) {
      for (const reference of each.references) {
        if (reference.to !== each.name && level.has(reference.to) && level.get(each.name) <= level.get(reference.to)
          && level.get(reference.to) + 1 < entities.length) {
          level.set(each.name, level.get(reference.to) + 1);
        }
      }
    }
  }
  return level;
}

function showMapping(mapping) {
  entities = mapping.entities;
  set('mapping-file', `${mapping.file}, namespace ${mapping.namespace}`);
  const level = levels(entities), rows = [];
  const used = [...new Set(level.values())].sort((a, b) => a - b);
  used.forEach((each) => rows.push(entities.filter((entity) => level.get(entity.name) === each)));
  const boxWidth = 150, boxHeight = 46, gapX = 24, gapY = 56, place = new Map();
  const width = Math.max(...rows.map((row) => row.length)) * (boxWidth + gapX) + gapX;
  const height = rows.length * (boxHeight + gapY) - gapY + 24;
  rows.forEach((row, i) => row.forEach((entity, j) => place.set(entity.name, {
    x: (width - row.length * (boxWidth + gapX) + gapX) / 2 + j * (boxWidth + gapX), y: 12 + i * (boxHeight + gapY) })));
  const svg = draw('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img',
    'aria-label': `Graph of ${entities.length} entities and their references; the list below says the same` });
  const tip = draw('marker', { id: 'tip', viewBox: '0 0 8 8', refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto' });
  tip.append(draw('path', { class: 'tip', d: 'M0 0L8 4L0 8z' }));
  svg.append(draw('defs', {}));
  svg.firstChild.append(tip);
  for (const entity of entities) {
    const from = place.get(entity.name);
    entity.references.forEach((reference, i) => {
      const to = place.get(reference.to);
      if (!to) return;
      const shift = (i - (entity.references.length - 1) / 2) * 18;
      const path = reference.to === entity.name
        ? `M${from.x + boxWidth} ${from.y + 14}c22 -18 22 36 0 18`
        : `M${from.x + boxWidth / 2 + shift} ${from.y}L${to.x + boxWidth / 2 + shift} ${to.y + (to.y < from.y ? boxHeight : 0)}`;
      const edge = draw('path', { class: 'edge', d: path, 'marker-end': 'url(#tip)' });
      edge.append(draw('title', {}, `${entity.name}.${reference.name} → ${reference.to}`));
      svg.append(edge);
    });
  }
  const short = (text) => text.length > 20 ? `${text.slice(0, 19)}…` : text;
  for (const entity of entities) {
    const { x, y } = place.get(entity.name);
    const group = draw('g', {});
    group.append(draw('title', {}, `${entity.name}: table ${entity.table}`),
      draw('rect', { class: 'box', x, y, width: boxWidth, height: boxHeight, rx: 6 }),
      draw('text', { class: 'name', x: x + 10, y: y + 19 }, short(entity.name)),
      draw('text', { x: x + 10, y: y + 36 }, `${entity.keys.length} ${entity.keys.length === 1 ? 'key' : 'keys'}${entity.tags ? ', tags' : ''}`));
    svg.append(group);
  }
  at('graph').replaceChildren(svg);
  at('entities').replaceChildren(...entities.map((entity) => {
    const item = make('li', null, [make('strong', entity.name), ` (table ${entity.table})`,
      entity.references.length ? ` refers to ${entity.references.map((each) => each.to === each.name ? each.to : `${each.to} as ${each.name}`).join(', ')}` : '']);
    if (entity.keys.length) item.append(make('ul', null, entity.keys.map((key) => make('li', null, [make('code', key)]))));
    return item;
  }));
}

// --- Going on ----------------------------------------------------------------------------------------------------------

function trouble(error) {
  at('login').hidden = !(error instanceof Refused);
  at('problem').hidden = !error;
  set('problem', !error ? '' : error instanceof TypeError ? 'The invalidator does not answer. What is shown is old.' : error.message);
}

async function refresh() {
  try {
    const history = await ask('/page/history');
    showStatus(await ask('/status'));
    showHistory(history);
    if (!mappingShown) {
      showMapping(await ask('/page/mapping'));
      mappingShown = true;
    }
    if (!paused) showRecent(await ask(next ? `/recent?after=${next}&limit=${SHOWN}` : `/recent?limit=${SHOWN}`));
    trouble(null);
  } catch (error) {
    trouble(error);
  }
}

/** A link to the page may ask for a key: #profile%3A7. */
async function askedByTheLink() {
  if (location.hash.length > 1) {
    at('key').value = decodeURIComponent(location.hash.slice(1));
    await answer();
  }
}

async function forever() {
  await refresh();
  await askedByTheLink();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    if (!document.hidden) await refresh();
  }
}

at('pause').addEventListener('click', () => {
  paused = !paused;
  at('pause').setAttribute('aria-pressed', String(paused));
  at('pause').textContent = paused ? 'Go on' : 'Hold this list';
});

async function answer() {
  const key = at('key').value.trim();
  history.replaceState(null, '', `#${encodeURIComponent(key)}`);
  try {
    at('answer').replaceChildren(...await why(key));
  } catch (error) {
    at('answer').replaceChildren(make('p', error.message));
  }
}

at('why').addEventListener('submit', (event) => {
  event.preventDefault();
  answer();
});

at('login').addEventListener('submit', (event) => {
  event.preventDefault();
  token = at('token').value;
  sessionStorage.setItem('freshet-token', token);
  refresh();
});

forever();
