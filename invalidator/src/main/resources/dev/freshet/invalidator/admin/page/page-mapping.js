// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The mapping: as a graph and a list, and which of its rules make a key. */
import { at, counted, draw, make, set } from './page-text.js';

let entities = [];

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

/** The ways by which an eviction of a key can have come, drawn. */
export function paths(eviction) {
  const all = templates(eviction.name);
  const made = all.filter(([, template]) => template === eviction.template);
  return concerned(made.length ? made : all, eviction.reason, eviction.table)
    .map(([entity, template]) => path(entity, template, eviction.table));
}

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

export function showMapping(mapping) {
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
      draw('text', { x: x + 10, y: y + 36 }, `${counted(entity.keys.length, 'key')}${entity.tags ? ', tags' : ''}`));
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
