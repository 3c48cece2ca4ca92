// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import dev.freshet.protocol.Lsn;
import java.io.IOException;
import java.util.List;

/** Where it is known what the invalidator did lately. */
@FunctionalInterface
public interface HistorySource {
    /**
     * Some of what is remembered.
     *
     * @param transactions oldest first
     * @param reached WAL position up to which that process has dealt with everything
     */
    record Page(List<PastTransaction> transactions, Lsn reached) {
        public Page {
            transactions = List.copyOf(transactions);
        }
    }

    /**
     * Transactions after that number, at most {@code limit} and at least two, if there are as many.
     *
     * @throws IOException if it cannot be asked now
     */
    Page after(long number, int limit) throws IOException, InterruptedException;
}
