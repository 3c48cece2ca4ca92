// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ChunkQueueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int CAPACITY = 10_000;

    private final ChunkQueue queue = new ChunkQueue(CAPACITY);

    @Test
    void largeRowsHoldTheStreamBackLongBeforeThereAreManyChunks() throws Exception {
        queue.accept(chunk(1, 6_000));
        var second = CompletableFuture.runAsync(() -> accept(chunk(2, 6_000)));
        assertThat(second).isNotDone();
        assertThat(queue.take(PATIENCE)).extracting(Chunk::txId).containsExactly(1L);
        await().atMost(PATIENCE).until(second::isDone);
        assertThat(queue.take(PATIENCE)).extracting(Chunk::txId).containsExactly(2L);
        assertThat(queue.take(Duration.ZERO)).isEmpty();
    }

    @Test
    void aBatchTakesNoMoreThanTheQueueMayHold() throws Exception {
        for (int i = 0; i < 9; i++) {
            queue.accept(chunk(i, 500));
        }
        assertThat(queue.take(PATIENCE)).hasSize(9);
        for (int i = 0; i < 9; i++) {
            queue.accept(chunk(i, 500));
        }
        assertThat(queue.take(PATIENCE)).hasSize(9);
    }

    @Test
    void aRowThatIsLargerThanTheQueuePassesAlone() throws Exception {
        queue.accept(chunk(1, 20 * CAPACITY));
        var second = CompletableFuture.runAsync(() -> accept(chunk(2, 10)));
        assertThat(queue.take(PATIENCE)).extracting(Chunk::txId).containsExactly(1L);
        await().atMost(PATIENCE).until(second::isDone);
        assertThat(queue.take(PATIENCE)).extracting(Chunk::txId).containsExactly(2L);
    }

    private void accept(Chunk chunk) {
        try {
            queue.accept(chunk);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Chunk chunk(long txId, int characters) {
        var row = new Row(Map.of("text", "x".repeat(characters)));
        return new Chunk(
                txId,
                List.of(new RowChange(
                        new TableName("public", "t"),
                        Operation.CREATE,
                        null,
                        row,
                        new Origin(txId, new Lsn(txId), Instant.EPOCH))),
                null);
    }
}
