// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Checks cached entries against the rows that they were computed from, on a live system: was a row changed after the
 * entry's snapshot, by a transaction that the published position has passed? Runs no loader. Pure except for its ports
 * ({@link dev.freshet.audit.entry.CachedEntries}, {@link dev.freshet.audit.rows.RowVersions},
 * {@link dev.freshet.audit.history.HistorySource}). docs/operations.md explains what can and cannot be decided.
 */
package dev.freshet.audit;
