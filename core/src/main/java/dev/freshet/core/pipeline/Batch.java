// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.stream.Chunk;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chunks of transactions that go through the pipeline's steps together.
 *
 * @param chunks in the order of the stream
 * @param ends those of them that are the last of their transactions
 */
record Batch(List<Chunk> chunks, List<Chunk> ends) {
    static Batch of(List<Chunk> chunks) {
        return new Batch(chunks, chunks.stream().filter(Chunk::last).toList());
    }

    /** The transactions that have a chunk in the batch. */
    Set<Long> txIds() {
        return chunks.stream().map(Chunk::txId).collect(Collectors.toSet());
    }

    int rows() {
        return chunks.stream().mapToInt(chunk -> chunk.changes().size()).sum();
    }

    /** The last of the {@link #ends}. */
    Optional<Chunk> lastEnd() {
        return ends.isEmpty() ? Optional.empty() : Optional.of(ends.get(ends.size() - 1));
    }
}
