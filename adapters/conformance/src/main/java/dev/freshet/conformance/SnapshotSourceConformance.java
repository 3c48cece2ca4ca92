// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.gate.Snapshot;
import dev.freshet.core.gate.SnapshotSource;
import org.junit.jupiter.api.Test;

/** What each implementation of {@link SnapshotSource} must do. Extend it, and give it a database. */
public abstract class SnapshotSourceConformance {
    /** Begins a transaction on the database. */
    protected abstract SourceTransaction begin() throws Exception;

    /** The instance under test; the same for all of a test. */
    protected abstract SnapshotSource source() throws Exception;

    @Test
    protected void aTransactionIsSeenOnceItHasCommitted() throws Exception {
        try (SourceTransaction transaction = begin()) {
            long id = transaction.id();
            assertThat(source().current().sees(id)).isFalse();
            transaction.commit();
            assertThat(source().current().sees(id)).isTrue();
        }
    }

    @Test
    protected void aSnapshotStaysAsItWas() throws Exception {
        try (SourceTransaction transaction = begin()) {
            long id = transaction.id();
            Snapshot before = source().current();
            transaction.commit();
            source().current();
            assertThat(before.sees(id)).isFalse();
        }
    }

    @Test
    protected void aTransactionThatBeganLaterIsNotSeen() throws Exception {
        Snapshot before = source().current();
        try (SourceTransaction transaction = begin()) {
            long id = transaction.id();
            transaction.commit();
            assertThat(before.sees(id)).isFalse();
        }
    }

    @Test
    protected void oneCommitIsSeenWhileAnOlderTransactionRuns() throws Exception {
        try (SourceTransaction older = begin();
                SourceTransaction younger = begin()) {
            long first = older.id();
            long second = younger.id();
            younger.commit();
            Snapshot now = source().current();
            assertThat(now.sees(second)).isTrue();
            assertThat(now.sees(first)).isFalse();
            assertThat(now.isBeforeAllRunning(second)).isFalse();
        }
    }
}
