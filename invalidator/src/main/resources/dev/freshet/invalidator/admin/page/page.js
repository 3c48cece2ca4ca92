// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Asks the invalidator every two seconds, and shows what it answers. */
import { showCharts } from './page-charts.js';
import { showMapping } from './page-mapping.js';
import { showNow, showState } from './page-state.js';
import { at, make, set, whole } from './page-text.js';
import { SHOWN, showTransactions, why } from './page-transactions.js';

let token = sessionStorage.getItem('freshet-token');
let next = 0;
let paused = false;
let mappingShown = false;
let shown = null;

class Refused extends Error {}

async function ask(path) {
  const response = await fetch(path, { headers: token ? { Authorization: `Bearer ${token}` } : {}, cache: 'no-store' });
  if (response.status === 401) throw new Refused('the token is missing or wrong');
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${(await response.text()).trim()}`);
  return response.json();
}

function trouble(error) {
  at('login').hidden = !(error instanceof Refused);
  at('problem').hidden = !error;
  set('problem', !error ? '' : error instanceof TypeError ? 'The invalidator does not answer. What is shown is old.' : error.message);
}

/** Whether another process answers than the one whose answer is shown: it counts its transactions anew. */
const isAnother = (history) => shown && (history.newest < next || history.samples.length > 0
  && new Date(history.samples[0].at) > new Date(shown.now));

/** Transactions up to the moment that the rest of the page is of. */
async function list(newest) {
  if (paused) {
    at('pause').textContent = newest > next ? `Resume (${whole.format(newest - next)} new)` : 'Resume';
    return;
  }
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
    showState(await ask('/status'), history);
    showNow(history);
    if (isAnother(history)) {
      next = 0;
      at('list').replaceChildren();
    }
    shown = history;
    if (at('charts-box').open) showCharts(history);
    if (!mappingShown) {
      showMapping(await ask('/page/mapping'));
      mappingShown = true;
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

async function answer() {
  const key = at('key').value.trim();
  window.history.replaceState(null, '', `#${encodeURIComponent(key)}`);
  try {
    at('answer').replaceChildren(...await why(key, ask));
  } catch (error) {
    at('answer').replaceChildren(make('p', error.message));
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
  at('pause').textContent = paused ? 'Resume' : 'Pause updates';
  if (!paused) refresh();
});

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

// On a phone, the look-up and the list come before the charts are wanted.
at('charts-box').open = window.matchMedia('(min-width: 40rem)').matches;
at('charts-box').addEventListener('toggle', () => shown && showCharts(shown));

forever();
