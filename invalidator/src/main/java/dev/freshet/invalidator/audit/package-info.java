// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Checks cached entries against the rows that they were computed from, while everything runs: was a row changed after the
 * entry's snapshot, by a transaction that the published position has passed? Knows no loader. Pure but for its ports
 * ({@link dev.freshet.invalidator.audit.CachedEntries}, {@link dev.freshet.invalidator.audit.RowVersions},
 * {@link dev.freshet.invalidator.audit.HistorySource}); what can and cannot be decided is told in docs/operations.md.
 */
package dev.freshet.invalidator.audit;
