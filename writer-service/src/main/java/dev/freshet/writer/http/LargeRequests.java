// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import dev.freshet.support.http.ApiException;
import dev.freshet.support.http.BodyLimit;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets requests that are larger than usual run one at a time: several at once would not fit into a small heap. The others
 * wait in turn, and are asked to come again if that takes too long. Thread-safe.
 */
final class LargeRequests {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore turn = new Semaphore(1, true);

    /** @throws ApiException 503 if others take too long */
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
