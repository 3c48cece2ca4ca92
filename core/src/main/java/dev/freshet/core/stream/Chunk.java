// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.stream;

import java.util.List;

/**
 * Part of one committed transaction, in order. A large transaction comes in several chunks, so that it never has to fit
 * in memory. The transaction is complete with the chunk that carries the commit.
 *
 * @param txId 32-bit transaction id
 * @param commit null if more of the transaction follows
 */
public record Chunk(long txId, List<RowChange> changes, Commit commit) {
    /** True if the transaction is complete with this chunk. */
    public boolean last() {
        return commit != null;
    }

    /** Roughly how many bytes of memory it takes. */
    public long bytes() {
        return changes.stream().mapToLong(RowChange::bytes).sum();
    }
}
