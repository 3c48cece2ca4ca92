// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Asks the invalidator every two seconds, and shows what it answers. */
import { showCharts } from './page-charts.js';
import { showMapping } from './page-mapping.js';
import { showNow, showState } from './page-state.js';
import { at, make, moment, set, whole } from './page-text.js';
import { SHOWN, showTransactions, why } from './page-transactions.js';

let token = sessionStorage.getItem('freshet-token');
let next = 0;
let paused = false;
/** Whether the list is of a process that has ended. */
let restarted = false;
let mappingOf = null;
let shown = null;

/** How long an answer is waited for, in ms. */
const PATIENCE = 10000;

class Refused extends Error {}
class Silent extends Error {}

async function ask(path) {
  let response, body;
  try {
    response = await fetch(path, {
      headers: token ? { Authorization: `Bearer ${token}` } : {}, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE),
    });
    body = await response.text();
  } catch {
    throw new Silent();
  }
  if (response.status === 401) throw new Refused('The token is missing or wrong.');
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${body.trim()}`);
  return JSON.parse(body);
}

function trouble(error) {
  if (error instanceof Refused && at('login').hidden) {
    at('login').hidden = false;
    at('token').focus();
  }
  if (!error) at('login').hidden = true;
  at('problem').hidden = !error;
  if (!error) return;
  const age = shown ? `What is shown is of ${moment(shown.now, new Date())}.` : 'Nothing is known yet.';
  set('problem', error instanceof Silent ? `The invalidator does not answer. ${age}` : `${error.message} ${age}`);
  // What was good then may not be now.
  at('state').className = 'bad';
  set('state-name', error instanceof Silent ? 'Unknown: the invalidator does not answer.' : 'Unknown: the page cannot read the state.');
  set('state-since', '');
  document.title = '⚠ unknown – Freshet';
}

/** Whether another process answers than the one whose answer is shown: it counts its transactions anew. */
const isAnother = (history) => shown && (history.newest < next || history.samples.length > 0
  && new Date(history.samples[0].at) > new Date(shown.now));

/** Transactions up to the moment that the rest of the page is of. */
async function list(newest) {
  if (paused) {
    set('waiting', `${restarted ? 'The invalidator was restarted: these are of before. ' : ''}${newest > next ? `${whole.format(newest - next)} new` : ''}`);
    return;
  }
  set('waiting', '');
  if (restarted) at('list').replaceChildren();
  restarted = false;
  const recent = await ask(`/recent?after=${Math.max(next, newest - SHOWN)}&limit=${SHOWN}`);
  if (!recent) {
    set('count', 'Not shown: the invalidator runs with --no-recent.');
    return;
  }
  const until = recent.transactions.filter((each) => each.number <= newest);
  if (until.length) next = until[until.length - 1].number;
  showTransactions(until);
}

async function refreshNow() {
  try {
    const history = await ask('/page/history');
    const status = await ask('/status');
    showState(status, history);
    showNow(history);
    if (isAnother(history)) {
      next = 0;
      restarted = true;
    }
    shown = history;
    if (at('charts-box').open) showCharts(history);
    // A reload replaces it while the process runs.
    if (mappingOf !== status.mappingHash) {
      showMapping(await ask('/page/mapping'));
      mappingOf = status.mappingHash;
    }
    await list(history.newest);
    trouble(null);
  } catch (error) {
    trouble(error);
  }
}

let refreshed = Promise.resolve();

/** One after the other: two at once would list the same transactions twice. */
function refresh() {
  refreshed = refreshed.then(refreshNow);
  return refreshed;
}

let searches = 0;

async function answer() {
  const key = at('key').value.trim();
  const search = ++searches;
  window.history.replaceState(null, '', `#${encodeURIComponent(key)}`);
  at('answer').replaceChildren(make('p', 'Looking …'));
  let found;
  try {
    found = await why(key, ask);
  } catch (error) {
    found = [make('p', error instanceof Silent ? 'The invalidator does not answer.' : error.message)];
  }
  // Of two searches, the later one counts, whichever ends first.
  if (search === searches) at('answer').replaceChildren(...found);
}

/** A link to the page may ask for a key: #product%3A1. */
async function askedByTheLink() {
  if (location.hash.length <= 1) return;
  let key = location.hash.slice(1);
  try {
    key = decodeURIComponent(key);
  } catch {
    // A % that is no escape stands for itself.
  }
  at('key').value = key;
  await answer();
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
  at('pause').textContent = paused ? 'Resume updates' : 'Pause updates';
  if (!paused) refresh();
});

// The part of the address behind # is a key.
at('skip').addEventListener('click', (event) => {
  event.preventDefault();
  at('transactions').focus();
});

window.addEventListener('hashchange', askedByTheLink);

at('why').addEventListener('submit', (event) => {
  event.preventDefault();
  answer();
});

at('login').addEventListener('submit', (event) => {
  event.preventDefault();
  token = at('token').value;
  sessionStorage.setItem('freshet-token', token);
  refresh().then(askedByTheLink);
});

// On a phone, the look-up and the list come before the charts are wanted.
at('charts-box').open = window.matchMedia('(min-width: 40rem)').matches;
at('charts-box').addEventListener('toggle', () => shown && showCharts(shown));

forever();
