// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.run.source.Time;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Time that passes only while a run waits. With each wait, one thing happens of those that a test has planned; when
 * nothing is left to happen, the run is interrupted, as it is when it is told to stop.
 */
final class MemoryTime implements Time {
    private final Deque<Runnable> planned = new ArrayDeque<>();
    private final List<Duration> slept = new ArrayList<>();
    private long nanos;
    private long free;

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return Instant.EPOCH.plus(Duration.ofDays(20_000)).plusNanos(nanos);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    };

    /** What happens with the next wait that has nothing planned yet. */
    void then(Runnable event) {
        planned.addLast(event);
    }

    /** The run waits for so long before the next thing happens. */
    void thenPass(Duration duration) {
        then(() -> free += duration.toNanos());
    }

    /** What was slept, apart from waits for the stream. */
    List<Duration> slept() {
        return slept;
    }

    /** The stream brings nothing for this long. */
    void idle(Duration patience) throws InterruptedException {
        nanos += Math.max(patience.toNanos(), 1);
        if (free > 0) {
            free -= patience.toNanos();
            return;
        }
        if (planned.isEmpty()) {
            throw new InterruptedException("nothing is left to happen");
        }
        planned.removeFirst().run();
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        slept.add(pause);
        idle(pause);
    }

    /** What would go on beside the run is done at once, in its thread. */
    @Override
    public ExecutorService beside(String thread) {
        return new AbstractExecutorService() {
            @Override
            public void execute(Runnable work) {
                work.run();
            }

            @Override
            public void shutdown() {}

            @Override
            public List<Runnable> shutdownNow() {
                return List.of();
            }

            @Override
            public boolean isShutdown() {
                return false;
            }

            @Override
            public boolean isTerminated() {
                return false;
            }

            @Override
            public boolean awaitTermination(long timeout, TimeUnit unit) {
                return false;
            }
        };
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }
}
