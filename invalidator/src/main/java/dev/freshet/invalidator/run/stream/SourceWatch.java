// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.stream;

import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.pipeline.PositionLostException;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.SourceException;
import dev.freshet.invalidator.run.source.Inspection;
import dev.freshet.invalidator.run.source.Time;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Inspects the source from time to time: does it still have what is needed? Has its own thread and connection, as an
 * inspection takes many queries and changes must not wait for them. For one thread.
 */
final class SourceWatch implements AutoCloseable {
    private final Inspection inspection;
    private final ExecutorService thread;
    private Future<List<Shortcoming>> underWay = CompletableFuture.completedFuture(List.of());

    /** @param inspection closed with this object */
    SourceWatch(Inspection inspection, Time time) {
        this.inspection = inspection;
        this.thread = time.beside("freshet-inspection");
    }

    /** Starts an inspection. Fails if the previous one has not ended. */
    void begin() {
        if (!underWay.isDone()) {
            throw new IllegalStateException("the previous check of the database has not ended");
        }
        underWay = thread.submit(inspection::look);
    }

    /**
     * Fails if the last inspection found something lacking, or failed. Does not wait for one that is under way.
     *
     * @throws PositionLostException if something is lacking
     */
    void check() throws InterruptedException {
        List<Shortcoming> missing = found();
        if (!missing.isEmpty()) {
            throw new PositionLostException(Gap.Kind.SOURCE_MENDED, "the database has changed: " + missing.get(0));
        }
    }

    private List<Shortcoming> found() throws InterruptedException {
        if (!underWay.isDone()) {
            return List.of();
        }
        try {
            return underWay.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SourceException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        inspection.close();
    }
}
