// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What was written, and whether what was read may be an answer to it. Pure: no server, no clock but the times that are
 * handed in.
 *
 * <p><b>What is known of a write.</b> Every transaction writes one number, its <i>version</i>, into all rows that it
 * touches. Before it is sent, it is entered in the history of each of these rows; nobody else writes them until its
 * outcome is known, so a row's history is in the order of commits. When its client has been told of the commit, the
 * write is known to have been committed <i>before</i> that moment, and before the WAL position that the client asked
 * for after it. Both are upper bounds: a write is demanded a little too late rather than too early, and what is called
 * a violation is one.
 *
 * <p><b>What is demanded of a read.</b> For each row that a value was computed from, the value must show a state that
 * the row had at or after the newest write that the read's level demands ({@link dev.freshet.bench.history.Demand}):
 *
 * <ul>
 *   <li>eventual: the writes up to the position that was published before the read began;
 *   <li>bounded(t): the writes acknowledged more than t before the read began;
 *   <li>session(P): the writes up to P, and nothing older than what the session has been shown
 *       ({@link dev.freshet.bench.history.Session}). Of an answer that was loaded: of these writes the ones
 *       acknowledged before the read began, as a commit that waits for a synchronous standby lies before P in the WAL
 *       and nobody can see it yet, in the database neither;
 *   <li>strong: the writes acknowledged before the read began;
 *   <li>a baseline: the writes whose invalidation was finished before the read began.
 * </ul>
 *
 * <p>That a row does not exist is a state like any other: so a deleted row must not come back, and a created one not stay
 * missing.
 *
 * <p><b>One snapshot.</b> A value computed from several rows must fit one moment: if a transaction wrote two of them, the
 * value shows it in both or in neither; and no row of it shows a write that was begun after another row of it had been
 * overwritten.
 *
 * <p>Recording takes no lock that a reader needs: a history is appended to by the one writer that holds the row and
 * searched by any number of readers, from its end.
 */
package dev.freshet.bench.history;
