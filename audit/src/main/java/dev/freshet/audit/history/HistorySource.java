// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.history;

import dev.freshet.protocol.Lsn;
import java.io.IOException;
import java.util.List;

/** A source for what the invalidator did recently. */
@FunctionalInterface
public interface HistorySource {
    /**
     * A part of what the source remembers.
     *
     * @param transactions oldest first
     * @param reached WAL position up to which the invalidator process has handled everything
     */
    record Page(List<PastTransaction> transactions, Lsn reached) {
        public Page {
            transactions = List.copyOf(transactions);
        }
    }

    /**
     * The transactions after that number: at most {@code limit}, and at least two if there are as many.
     *
     * @throws IOException if the source cannot be read now
     */
    Page after(long number, int limit) throws IOException, InterruptedException;
}
