// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.protocol.Coverage;
import java.util.Collection;
import java.util.function.Consumer;

/** What a start asks about the application's tables and transactions. One thread. */
public interface TableQueries {
    /** Which tags are purged by changes of the tables. */
    Coverage coverage();

    /**
     * The patterns of the templates' keys.
     *
     * @param others templates of another mapping
     */
    KeyPatterns patterns(Collection<KeyRule> others);

    /**
     * Waits until every transaction that has written by now has ended and, if it committed, is visible.
     *
     * @param waiting told if it has to wait, and for which transaction
     */
    void awaitOlderTransactions(Consumer<String> waiting) throws InterruptedException;
}
