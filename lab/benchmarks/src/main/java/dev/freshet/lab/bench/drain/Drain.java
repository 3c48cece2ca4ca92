// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.drain;

import dev.freshet.devservices.stack.StackException;
import dev.freshet.lab.bench.process.ProcessUsage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Watches one subject work off its backlog, by looking every few milliseconds. */
final class Drain {
    private static final Duration INTERVAL = Duration.ofMillis(5);
    private static final Duration TELLING = Duration.ofMillis(200);
    /** The count of rows may be off by this many for as long as it stays there. */
    private static final long TOLERANCE = 100;

    private static final Duration REST = Duration.ofSeconds(1);

    private final String label;
    private final Supplier<ProcessUsage> used;
    private final RowsSeen rowsSeen;
    private final long rows;
    private final Duration patience;

    /** @param used what the subject has used so far */
    Drain(String label, Supplier<ProcessUsage> used, RowsSeen rowsSeen, long rows, Duration patience) {
        this.label = label;
        this.used = used;
        this.rowsSeen = rowsSeen;
        this.rows = rows;
        this.patience = patience;
    }

    /** Returns when all rows were handled. */
    Drained await(LongConsumer progress) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        long begin = System.nanoTime();
        long end = begin;
        ProcessUsage atBegin = used.get();
        ProcessUsage atEnd = atBegin;
        long seen = 0;
        long told = begin;
        while (true) {
            long count = rowsSeen.count();
            long now = System.nanoTime();
            ProcessUsage usage = used.get();
            if (count > seen) {
                seen = count;
                end = now;
                atEnd = usage;
            }
            if (seen == 0) {
                begin = now;
                atBegin = usage;
            } else if (mayBeComplete(seen, now - end) && rowsSeen.isComplete()) {
                return Drained.of(rows, Duration.ofNanos(end - begin), atBegin, atEnd);
            }
            if (now > deadline) {
                throw new StackException(
                        "%s handled %,d of %,d rows within %d s".formatted(label, seen, rows, patience.toSeconds()));
            }
            if (now - told > TELLING.toNanos()) {
                told = now;
                progress.accept(seen);
            }
            TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
        }
    }

    private boolean mayBeComplete(long seen, long nanosOfRest) {
        return seen >= rows || seen >= rows - TOLERANCE && nanosOfRest > REST.toNanos();
    }
}
