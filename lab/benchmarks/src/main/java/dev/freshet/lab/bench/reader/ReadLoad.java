// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Reads as fast as the answers come, in several threads. */
final class ReadLoad {
    /** The time of one read in so many is taken: a near hit takes hardly longer than to look at the clock. */
    private static final int SAMPLED = 32;

    private volatile boolean stopped;

    /**
     * What came of it.
     *
     * @param sampledNanos of some of the reads
     */
    record Done(long reads, long nanos, Histogram sampledNanos) {
        Done plus(Done other) {
            sampledNanos.add(other.sampledNanos);
            return new Done(reads + other.reads, nanos, sampledNanos);
        }
    }

    private ReadLoad() {}

    /** Returns after this time, and after the last answer. Each thread reads once at least. */
    static Done run(Reads reads, int threads, Duration duration) throws SQLException, InterruptedException {
        var load = new ReadLoad();
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var running = new ArrayList<Future<Done>>();
            long begin = System.nanoTime();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                running.add(pool.submit(() -> load.read(reads, thread, threads)));
            }
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            load.stopped = true;
            var all = new Done(0, 0, histogram());
            for (Future<Done> one : running) {
                all = all.plus(result(one));
            }
            return new Done(all.reads(), System.nanoTime() - begin, all.sampledNanos());
        } finally {
            load.stopped = true;
            pool.shutdownNow();
        }
    }

    private Done read(Reads reads, int thread, int threads) throws SQLException, InterruptedException {
        var nanos = histogram();
        long count = 0;
        do {
            long number = thread + count * threads;
            if (count % SAMPLED == 0) {
                long start = System.nanoTime();
                reads.read(number);
                nanos.recordValue(System.nanoTime() - start);
            } else {
                reads.read(number);
            }
            count++;
        } while (!stopped);
        return new Done(count, 0, nanos);
    }

    /** What a thread came to, or its failure. */
    static <T> T result(Future<T> done) throws SQLException, InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException refused) {
                throw refused;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the load broke", e.getCause());
        }
    }

    private static Histogram histogram() {
        return new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    }
}
