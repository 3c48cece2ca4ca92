// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Records what was written, and decides whether an answer to a read is correct. Pure: it uses no server, and no clock
 * other than the times that are passed in.
 *
 * <p><b>What is known of a write.</b> Every transaction writes one number, its <i>version</i>, into all rows that it
 * touches. Before it is sent, it is added to the history of each of these rows. Nobody else writes these rows until its
 * outcome is known, so a row's history is in commit order. Once the commit has been acknowledged to the client, the
 * write is known to have been committed <i>before</i> that moment, and before the WAL position that the client queried
 * afterwards. Both are upper bounds. A write is therefore demanded a little too late rather than too early, and every
 * reported violation is a real one.
 *
 * <p><b>What is demanded of a read.</b> For each row that a value was computed from, the value must show a state that
 * the row had at or after the newest write that the read's level demands ({@link dev.freshet.lab.race.history.Demand}):
 *
 * <ul>
 *   <li>eventual: the writes up to the position that was published before the read began;
 *   <li>bounded(t): the writes acknowledged more than t before the read began;
 *   <li>session(P): the writes up to P, and nothing older than what the session has been shown
 *       ({@link dev.freshet.lab.race.history.Session}). If the answer was loaded from the database, only those of these
 *       writes that were acknowledged before the read began: a commit that waits for a synchronous standby lies before
 *       P in the WAL but is not visible to anybody yet, not even in the database;
 *   <li>strong: the writes acknowledged before the read began;
 *   <li>a baseline: the writes whose invalidation was finished before the read began.
 * </ul>
 *
 * <p>The absence of a row is a state like any other. So a deleted row must not come back, and a created row must not
 * stay missing.
 *
 * <p><b>One snapshot.</b> The states of a value computed from several rows must fit one moment. If a transaction wrote
 * two of the rows, the value shows it in both or in neither. No row may show a write that began after another row of
 * the value had been overwritten.
 *
 * <p>Recording takes no lock that a reader needs: the one writer that holds the row appends to its history, and any
 * number of readers search it, from its end.
 */
package dev.freshet.lab.race.history;
