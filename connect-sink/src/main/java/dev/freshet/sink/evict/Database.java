// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.evict;

import dev.freshet.core.gate.SnapshotSource;
import dev.freshet.core.source.ServerIdentity;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.protocol.Coverage;
import java.util.Collection;
import java.util.List;

/**
 * The primary of the database that the records come from. Each call throws a {@link
 * dev.freshet.core.source.SourceException} if the query fails. One thread.
 */
public interface Database extends SnapshotSource, Catalog {
    ServerIdentity server();

    /** Its name. */
    String name();

    /** Where the mapping does not fit the tables. */
    List<Shortcoming> shortcomings();

    /** Which tags are purged by changes of the tables. */
    Coverage coverage();

    /** @param others templates of another mapping, whose keys are searched for as well */
    KeyPatterns patterns(Collection<KeyRule> others);

    /** Waits until every transaction that has an id by now has ended, and is visible to new snapshots if it committed. */
    void awaitOlderTransactions() throws InterruptedException;
}
