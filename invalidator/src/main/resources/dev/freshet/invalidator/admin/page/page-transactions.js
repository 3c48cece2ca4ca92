// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The list of transactions, and why a key went. */
import { at, counted, DOT, make, moment, NB, seconds, set, time, whole } from './page-text.js';
import { paths } from './page-mapping.js';

export const SHOWN = 50;
const EARLIER = 5;

const rowOf = (each) => `${each.table} ${Object.entries(each.id || {}).map(([column, value]) => `${column}=${value}`).join(', ')}`.trim();

const WHY = {
  'own': (what) => `this ${what} is built from that row`, 'listing': () => 'this list shows that row, or did',
  'inherited': () => 'it inherits from that row', 'moved-from': () => 'that row belonged to it before',
  'moved-to': () => 'that row belongs to it now', 'related': () => 'it is reached from that row by references',
  'truncated': () => 'the table was emptied', 'mapping-changed': () => 'the mapping changed',
};

function eviction(each, columns = []) {
  const what = { key: 'key', tag: 'tag', keys: 'keys like', tags: 'tags like' }[each.kind] || each.kind;
  const reason = WHY[each.reason];
  const item = make('li', null, [
    `${each.operation} of `, make('code', rowOf(each)), columns.length ? ` (changed: ${columns.join(', ')})` : '', ` made ${what} `, make('code', each.name), each.isolate ? ` of ${each.isolate}` : '',
    ` stale, because ${reason ? reason(each.kind.replace(/s$/, '')) : each.reason}.`]);
  if (each.kind === 'key') {
    const found = paths(each);
    if (found.length) item.append(make('br'), `${found.length > 1 ? 'One of these rules' : 'Rule'} of the mapping (bold: the changed row):`);
    found.forEach((path) => item.append(make('br'), path));
  }
  return item;
}

const isWhole = (transaction) => transaction.evictions.length === transaction.evictionCount;
const namesOf = (transaction) => [...new Set(transaction.evictions.map((each) => each.name))];

/** How many keys, and whether they were in the cache. A key that goes for two reasons is one key. */
function stale(transaction) {
  if (!transaction.evictionCount) return 'nothing stale';
  const { keysRemoved, keysAbsent } = transaction;
  // What several transactions name at the same moment is evicted once, and counted for the first of them.
  const named = isWhole(transaction) && transaction.evictions.every((each) => each.kind === 'key') ? namesOf(transaction).length : 0;
  const elsewhere = Math.max(0, named - keysRemoved - keysAbsent);
  const all = keysRemoved + keysAbsent + elsewhere;
  if (!all) return 'nothing of it in the cache';
  if (keysRemoved === all) return `${counted(all, 'key')} stale: ${all === 1 ? 'evicted' : 'all evicted'}`;
  if (keysAbsent === all) return `${counted(all, 'key')} stale: ${all === 1 ? 'not' : 'none'} in the cache`;
  return `${counted(all, 'key')} stale: ${[keysRemoved && `${whole.format(keysRemoved)} evicted`,
    keysAbsent && `${whole.format(keysAbsent)} not in the cache`,
    elsewhere && `${whole.format(elsewhere)} counted with another transaction`].filter(Boolean).join(', ')}`;
}

/** The first names of what it made stale. */
function firstOf(transaction) {
  const names = namesOf(transaction), first = names.slice(0, 3);
  if (!first.length) return [];
  const more = !isWhole(transaction) ? ' and more' : names.length > first.length ? ` and ${whole.format(names.length - first.length)} more` : '';
  return [...first.flatMap((name, i) => [i ? ', ' : '', make('code', name)]), `${more}${DOT}`];
}

function changesOf(transaction) {
  const { changes, rows } = transaction;
  if (changes.length < rows) {
    const tables = [...new Set(changes.map((each) => each.table))];
    return `${tables.slice(0, 3).join(', ')}${tables.length > 3 ? ', …' : ''}: ${counted(rows, 'row')}`;
  }
  const numbers = new Map();
  for (const { table, operation } of changes) {
    const ofTable = numbers.get(table) || numbers.set(table, new Map()).get(table);
    ofTable.set(operation, (ofTable.get(operation) || 0) + 1);
  }
  return [...numbers].map(([table, of]) => `${table}: ${[...of].map(([operation, number]) => counted(number, operation)).join(', ')}`).join('; ');
}

function entry(transaction) {
  const details = make('details');
  details.append(make('summary', null, [
    `${time(transaction.committedAt)}${DOT}${transaction.txId}${DOT}${changesOf(transaction)}${DOT}`, ...firstOf(transaction),
    `${stale(transaction)}${DOT}after${NB}${seconds(transaction.latencyMicros / 1e6)}`]));
  // Filled when it is opened: most never are.
  details.addEventListener('toggle', () => {
    if (!details.open || details.childElementCount > 1) return;
    details.append(make('p', `Transaction ${transaction.txId}, position ${transaction.position}`));
    const changes = make('ul');
    for (const each of transaction.changes) {
      changes.append(make('li', null, [`${each.operation} `, make('code', rowOf(each)),
        each.columns.length ? ` (changed: ${each.columns.join(', ')})` : '']));
    }
    if (transaction.changes.length < transaction.rows) {
      changes.append(make('li', `and ${whole.format(transaction.rows - transaction.changes.length)} more`));
    }
    details.append(make('p', 'Changed rows:'), changes);
    const evictions = make('ul');
    transaction.evictions.forEach((each) => evictions.append(eviction(each)));
    if (!isWhole(transaction)) evictions.append(make('li', `and ${whole.format(transaction.evictionCount - transaction.evictions.length)} more`));
    details.append(make('p', 'Stale by them:'), evictions);
  });
  return details;
}

/** Adds transactions on top. */
export function showTransactions(transactions) {
  for (const each of transactions) at('list').prepend(entry(each));
  // What somebody reads stays.
  const past = [...at('list').children].slice(SHOWN);
  past.filter((each) => !each.open && !each.contains(document.activeElement)).forEach((each) => each.remove());
  const shown = at('list').childElementCount;
  set('count', shown
    ? `The last ${shown}, newest first: time of the commit${DOT}transaction${DOT}changed rows${DOT}stale keys${DOT}how long after the commit all were evicted`
    : 'None since the start.');
}

/** @param ask gets a path of the admin port as JSON; null if there is none */
export async function why(key, ask) {
  const found = [];
  let looked = 0, inPart = 0;
  // In pages: all at once would be a large answer for the process that evicts.
  for (let after = 0; ;) {
    const page = await ask(`/recent?after=${after}&limit=100&details=200`);
    if (!page) return [make('p', 'The invalidator runs with --no-recent, and does not tell.')];
    if (!page.transactions.length || page.next <= after) break;
    after = page.next;
    looked += page.transactions.length;
    for (const transaction of page.transactions) {
      if (!isWhole(transaction)) inPart++;
      const evictions = transaction.evictions.filter((each) => each.name === key);
      if (evictions.length) found.unshift({ transaction, evictions });
    }
  }
  const now = new Date();
  const part = inPart ? `${counted(inPart, 'large transaction')} could only be searched in part. ` : '';
  if (!found.length) {
    return [make('p', `As of ${moment(now, now)}, none of the last ${counted(looked, 'transaction')} made it stale by that name. ${part}`
      + 'It may have expired, been deleted by somebody else, or gone by a pattern, a tag or a purge.'),
    make('p', null, ['Which rows make it: ', make('code', `freshet invalidator explain '${key}'`)])];
  }
  const [last, ...earlier] = found;
  const { transaction } = last;
  const answer = [make('p', `${fate(last)} at ${moment(transaction.committedAt, now)}, the last time as of ${moment(now, now)}. `
    + `Transaction ${transaction.txId} was committed then; ${seconds(transaction.latencyMicros / 1e6)} later all that it made stale was gone:`),
    make('ul', null, last.evictions.map((each) => eviction(each, columnsOf(transaction, each))))];
  if (earlier.length) {
    answer.push(make('p', `Before that, ${whole.format(earlier.length)} more ${earlier.length === 1 ? 'time' : 'times'} in the last ${counted(looked, 'transaction')}: `
      + `${earlier.slice(0, EARLIER).map((each) => `${moment(each.transaction.committedAt, now)} (transaction ${each.transaction.txId})`).join(', ')}`
      + `${earlier.length > EARLIER ? ', …' : '.'}`));
  }
  if (part) answer.push(make('p', part));
  return answer;
}

/** Whether it was in the cache is known for all keys of a transaction together alone. */
function fate({ transaction }) {
  if (!transaction.keysRemoved && transaction.keysAbsent) return 'Made stale (it was not in the cache)';
  return transaction.keysAbsent ? 'Made stale (and evicted, if it was in the cache)' : 'Evicted';
}

/** The columns that the row's change names. */
function columnsOf(transaction, evicted) {
  const row = rowOf(evicted);
  const change = transaction.changes.find((each) => rowOf(each) === row);
  return change ? change.columns : [];
}
