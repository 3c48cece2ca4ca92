// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

import dev.freshet.core.stream.ChangeStream;
import dev.freshet.core.stream.Chunk;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An open stream of changes. Thread-safe. */
public interface ChangeFeed extends ChangeStream, AutoCloseable {
    /** Takes what has come, up to a batch. If nothing has, waits up to {@code patience}; then the list is empty. */
    List<Chunk> take(Duration patience) throws InterruptedException;

    /** Completes when the stream has ended: normally after {@link #close}, else exceptionally with the failure. */
    CompletableFuture<Void> ended();

    /** Whether the stream was opened. A failure before that says nothing of the changes. */
    boolean hasStarted();

    @Override
    void close();
}
