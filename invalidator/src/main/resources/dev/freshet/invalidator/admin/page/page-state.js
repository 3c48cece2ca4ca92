// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The top of the page, what is now, and what was in the last minute. */
import { at, bytes, counted, DOT, make, moment, seconds, set, since, span, whole } from './page-text.js';

const MEANING = {
  'streaming': ['good', 'Up to date'],
  'standby': ['good', 'Stands by: another instance evicts'],
  'catching-up': ['wait', 'Catching up: it reads what was committed before it started'],
  'starting': ['wait', 'Starting: it connects and checks'],
  'paused': ['wait', 'Paused by an operator: nothing is evicted'],
  'slot-in-use': ['bad', 'Not evicting: another program streams from the slot'],
  'waiting-for-redis': ['bad', 'Not evicting: Redis does not accept evictions; they are retried'],
  'failed': ['bad', 'Not evicting: the stream broke; it is tried again'],
  'blocked': ['bad', 'Not evicting: a person has to mend something'],
  'refused': ['bad', 'Not evicting: the namespace or the slot is another\'s'],
  'stopped': ['bad', 'It has ended'],
};

const NO_LIMIT = 'Warning: no WAL limit. If Freshet stops, retained WAL can fill PostgreSQL\'s disk.'
  + ' Set max_slot_wal_keep_size in PostgreSQL.';

export function showState(status, history) {
  const [mood, words] = MEANING[status.state] || ['wait', status.state];
  const { now } = history;
  const warnings = history.wal.limited ? 0 : 1;
  at('state').className = mood;
  set('state-name', `${words}${warnings ? `${DOT}${counted(warnings, 'warning')}` : ''}.`);
  set('state-since', `${status.state === 'streaming' ? 'Streaming' : `State ${status.state}`} since ${moment(status.since, now)} (${span(since(status.since, now))}).`
    + (status.pauseEndsInSeconds == null ? '' : ` The pause ends in ${span(status.pauseEndsInSeconds)}.`));
  set('reason', status.reason || '');
  set('last', `${lastTransaction(history)}${waiting(status, history)}`);
  set('about', [`As of ${moment(now, now)}`, `version ${status.version}`, `namespace ${status.namespace}`, `slot ${status.slot}`,
    `position ${status.position || 'none yet'}`,
    ...(status.markerReturnedAt ? [`marker through PostgreSQL and Redis: back ${seconds(since(status.markerReturnedAt, now))} ago, took ${seconds(status.markerMillis / 1000)}`] : [])]
    .join(DOT));
  document.title = `${status.state} – Freshet`;
}

function lastTransaction(history) {
  const last = history.lastCommittedAt;
  return last ? `Last transaction ${moment(last, history.now)} (${span(since(last, history.now))} ago)` : 'No transaction since the start';
}

/** Markers keep the age of the newest commit that is done small; if it is large, what was committed meanwhile waits. */
function waiting(status, history) {
  const { lag } = history.current;
  if (lag != null && lag > 3 * history.heartbeatSeconds + 1) return `. What was committed in the last ${span(lag)} may be waiting.`;
  return status.state === 'streaming' && lag != null ? ', nothing waiting.' : '.';
}

export function showNow({ current, minute, wal, purges, now }) {
  set('f-lag', seconds(current.lag));
  set('f-transactions', whole.format(minute.transactions));
  set('f-present', whole.format(minute.present));
  set('f-absent', whole.format(minute.absent));
  set('f-wal', bytes(current.lagBytes));
  set('f-full', untilFull(wal));
  at('full-note').className = wal.limited ? 'quiet' : 'warning';
  set('full-note', wal.limited ? `At the current rate: ${bytes(wal.safeBytes)} may still be written before PostgreSQL gives up the slot.` : NO_LIMIT);
  showMinute(minute, now);
  const reasons = Object.entries(purges);
  at('purges').replaceChildren(...(reasons.length
    ? reasons.map(([reason, count]) => make('li', `${reason}: ${whole.format(count)}`))
    : [make('li', 'none')]));
}

function untilFull(wal) {
  if (!wal.limited) return 'no limit set';
  if (wal.secondsUntilFull != null) return `about ${span(wal.secondsUntilFull)}`;
  return wal.safeBytes == null ? 'unknown' : 'not in sight';
}

const REASONS = {
  'own': 'built from the row', 'listing': 'lists', 'inherited': 'inherited', 'moved-from': 'places it left',
  'moved-to': 'places it came to', 'related': 'by references', 'truncated': 'table emptied', 'mapping-changed': 'mapping changed',
};

function showMinute(minute, now) {
  const lines = [...minute.tables].sort((a, b) => b.transactions - a.transactions).map((each) => {
    const reasons = Object.entries(each.reasons).sort((a, b) => b[1] - a[1])
      .map(([reason, count], i, all) => `${all.length > 1 ? `${whole.format(count)} ` : ''}${REASONS[reason] || reason}`);
    const stale = [each.keys && counted(each.keys, 'key'), each.others && counted(each.others, 'tag or pattern')].filter(Boolean);
    return make('li', null, [make('strong', each.table), `: ${counted(each.transactions, 'transaction')}, `
      + (stale.length ? `${each.complete ? '' : 'at least '}${stale.join(', ')} stale (${reasons.join(', ')})` : 'nothing stale')]);
  });
  if (!lines.length) lines.push(make('li', 'no transactions'));
  set('h-minute', `Last minute, by table${minute.tablesSince ? `, since ${moment(minute.tablesSince, now)} alone: what was before is forgotten` : ''}`);
  at('minute').replaceChildren(...lines);
}
