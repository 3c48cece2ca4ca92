// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The top of the page, what is now, and what was in the last minute. */
import { at, bytes, counted, DOT, make, moment, seconds, set, setItems, since, span, whole } from './page-text.js';

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
/** Less is a warning, as the alert FreshetWalIsFillingUp has it. */
const SOON = 3600;

/** What the state means, and whether it is good; also where the stream runs and something behind it does not. */
function meaning(status, history) {
  if (status.state === 'streaming') {
    if (status.httpPurge?.stalled) return ['wait', 'Redis is up to date; the HTTP cache does not accept purges'];
    if (isBehind(history)) return ['wait', 'Behind: evictions are late'];
  }
  return MEANING[status.state] || ['wait', status.state];
}

/** What needs attention, though it stops nothing. */
function warningsOf(status, history) {
  const warnings = [];
  const { count, why, at: when } = status.unreadable || {};
  if (count) {
    warnings.push(`Warning: ${counted(count, 'change')} could not be read; the namespace was purged.`
      + `${why ? ` ${why}` : ''}${when ? ` (${moment(when, history.now)})` : ''}`);
  }
  return warnings;
}

export function showState(status, history) {
  const [mood, words] = meaning(status, history);
  const { now } = history;
  const others = warningsOf(status, history);
  const warnings = others.length + (walNote(history).isWarning ? 1 : 0);
  at('state').className = mood;
  set('state-name', `${words}${warnings ? `${DOT}${counted(warnings, 'warning')}` : ''}.`);
  setItems('warnings', others.map((text) => Object.assign(make('li', text), { className: 'warning' })));
  set('state-since', `${status.state === 'streaming' ? 'Streaming' : `State ${status.state}`} since ${moment(status.since, now)} (${span(since(status.since, now))}).`
    + (status.pauseEndsInSeconds == null ? '' : ` The pause ends in ${span(status.pauseEndsInSeconds)}.`));
  set('reason', [status.reason, status.httpPurge?.stalled && status.httpPurge.reason].filter(Boolean).join(' '));
  set('last', `${lastTransaction(history)}${waiting(status, history)}`);
  set('about', [`As of ${moment(now, now)}`, `version ${status.version}`, `namespace ${status.namespace}`, `slot ${status.slot}`,
    `position ${status.position || 'none yet'}`].join(DOT));
  set('marker', !status.markerReturnedAt ? ''
    : `Last test through PostgreSQL and Redis: ${seconds(since(status.markerReturnedAt, now))} ago, took ${seconds(status.markerMillis / 1000)}`);
  document.title = `${warnings || mood !== 'good' ? '⚠ ' : ''}${status.state} – ${status.namespace} – Freshet`;
}

function lastTransaction(history) {
  const last = history.lastCommittedAt;
  return last ? `Last transaction ${moment(last, history.now)} (${span(since(last, history.now))} ago)` : 'No transaction since the start';
}

/** Markers keep the age of the newest commit that is done small; if it is large, what was committed meanwhile waits. */
function isBehind({ current, heartbeatSeconds }) {
  return current.lag != null && current.lag > 3 * heartbeatSeconds + 1;
}

function waiting(status, history) {
  const { lag } = history.current;
  if (isBehind(history)) return `. What was committed in the last ${span(lag)} may be waiting.`;
  return status.state === 'streaming' && lag != null ? ', nothing waiting.' : '.';
}

export function showNow(history) {
  const { current, minute, wal, purges, now, heartbeatSeconds } = history;
  set('f-lag', seconds(current.lag));
  set('behind-note', `While nothing is committed it swings between 0 and ${seconds(heartbeatSeconds)}; how long each transaction took is in the list.`);
  set('f-transactions', whole.format(minute.transactions));
  set('f-present', whole.format(minute.present));
  set('f-absent', whole.format(minute.absent));
  set('f-wal', bytes(current.lagBytes));
  set('f-full', untilFull(wal));
  const note = walNote(history);
  at('full-note').className = note.isWarning ? 'warning' : 'quiet';
  set('full-note', note.text);
  showMinute(minute, purges, now);
  const reasons = Object.entries(purges);
  setItems('purges', reasons.length
    ? reasons.map(([reason, { count, lastAt }]) =>
      make('li', `${whole.format(count)}: ${PURGED[reason] || reason} (${reason}), ${count > 1 ? 'the last ' : ''}at ${moment(lastAt, now)}`))
    : [make('li', 'none')]);
}

/** What is known of the slot's limit, and whether somebody should do something. */
function walNote({ wal }) {
  if (wal.limited === false) return { isWarning: true, text: NO_LIMIT };
  if (wal.limited == null) return { isWarning: false, text: 'This process has not looked at the slot yet.' };
  if (!wal.current) {
    return { isWarning: true, text: 'Warning: unknown. The slot was not looked at for over a minute; while nothing is evicted, PostgreSQL keeps the WAL.' };
  }
  const isWarning = wal.secondsUntilFull != null && wal.secondsUntilFull < SOON;
  return { isWarning, text: `${isWarning ? 'Warning: if' : 'If'} nothing more is acknowledged, PostgreSQL gives up the slot after another ${bytes(wal.safeBytes)}; then the cache is purged.` };
}

function untilFull(wal) {
  if (wal.limited === false) return 'no limit set';
  if (wal.limited == null || wal.safeBytes == null) return 'unknown';
  if (wal.secondsUntilFull == null) return 'not in sight';
  return wal.secondsUntilFull < 1 ? 'now' : `about ${span(wal.secondsUntilFull)}`;
}

/** Why the namespace was purged, by the codes that metrics have. */
const PURGED = {
  'source-mended': 'the publication or the slot was new, or had to be changed', 'no-position': 'Redis had no position: it was new or had been emptied',
  'other-database': 'another database, or one that was restored or promoted', 'other-slot': 'another slot',
  'publication-changed': 'the publication or a partition was changed meanwhile', 'table-rewritten': 'a statement rewrote a table',
  'slot-ahead': 'the slot was ahead of what had been evicted', 'unreadable': 'changes could not be read',
  'other-master': 'Redis was restarted or failed over', 'mapping-unknown': 'the mapping used before was unknown',
  'mapping-changed': 'this version understands mappings in another way',
};

const REASONS = {
  'own': 'built from the row', 'listing': 'lists that show the row', 'inherited': 'inherits from the row', 'moved-from': 'what the row belonged to before',
  'moved-to': 'what the row belongs to now', 'related': 'reached by references', 'truncated': 'table emptied', 'mapping-changed': 'mapping changed',
};

function showMinute(minute, purges, now) {
  const lines = [...minute.tables].sort((a, b) => b.keys + b.others - a.keys - a.others || b.transactions - a.transactions).map((each) => {
    const reasons = Object.entries(each.reasons).sort((a, b) => b[1] - a[1])
      .map(([reason, count], i, all) => `${all.length > 1 ? `${whole.format(count)} ` : ''}${REASONS[reason] || reason}`);
    const stale = [each.keys && counted(each.keys, 'key'), each.others && counted(each.others, 'tag or pattern')].filter(Boolean);
    return make('li', null, [make('strong', each.table), `: ${counted(each.transactions, 'transaction')}, `
      + (stale.length ? `${each.complete ? '' : 'at least '}${stale.join(', ')} stale (${reasons.join(', ')})` : 'nothing stale')]);
  });
  if (!lines.length) lines.push(make('li', 'no transactions'));
  for (const [reason, { lastAt }] of Object.entries(purges)) {
    if (since(lastAt, now) <= 60) {
      lines.unshift(make('li', null, [make('strong', 'The whole namespace was purged'), ` at ${moment(lastAt, now)}: ${PURGED[reason] || reason}.`]));
    }
  }
  set('h-minute', `Last minute, by table${minute.tablesSince ? `, since ${moment(minute.tablesSince, now)} alone: what was before is forgotten` : ''}`);
  setItems('minute', lines);
}
