// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Periodically deletes kept answers that are older than a day. */
public final class AnswerCleanup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerCleanup.class);
    private static final int MINUTES = 10;

    private final Jdbi jdbi;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(runnable -> {
        var thread = new Thread(runnable, "answer-cleanup");
        thread.setDaemon(true);
        return thread;
    });

    private AnswerCleanup(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public static AnswerCleanup start(Jdbi jdbi) {
        var cleanup = new AnswerCleanup(jdbi);
        cleanup.timer.scheduleWithFixedDelay(cleanup::tryRun, 1, MINUTES, TimeUnit.MINUTES);
        return cleanup;
    }

    /** Deletes them and returns how many there were. */
    static long run(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("select freshet.forget_answers()")
                .mapTo(Long.class)
                .one());
    }

    private void tryRun() {
        try {
            LOG.debug("deleted {} stored answers", run(jdbi));
        } catch (RuntimeException e) {
            LOG.warn("could not delete old stored answers; trying again in {} minutes: {}", MINUTES, e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
