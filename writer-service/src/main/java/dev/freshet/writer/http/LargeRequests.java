// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import dev.freshet.support.http.problem.ApiException;
import dev.freshet.support.http.request.BodyLimit;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs requests with a large body, or a body of unknown length, one at a time: several at once would not fit into a
 * small heap. Other large requests wait in order. If the wait takes too long, they are rejected and may be sent again.
 * Thread-safe.
 */
final class LargeRequests {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore turn = new Semaphore(1, true);

    /** @throws ApiException 503 if the wait takes too long */
    void run(Context request, Runnable work) {
        long length = request.req().getContentLengthLong();
        if (length >= 0 && length <= BodyLimit.DEFAULT.bytes()) {
            work.run();
            return;
        }
        try {
            if (!turn.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw ApiException.unavailable("other large requests are running", PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("the service is stopping", Duration.ofSeconds(1), e);
        }
        try {
            work.run();
        } finally {
            turn.release();
        }
    }
}
