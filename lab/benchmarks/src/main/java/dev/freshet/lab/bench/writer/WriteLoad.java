// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Writes as fast as the answers come, with one thread for each connection. No two change the same task. */
final class WriteLoad {
    private final int firstTask;
    private final int tasks;

    /**
     * What came of it.
     *
     * @param micros of each write
     */
    record Written(long nanos, Histogram micros) {
        long writes() {
            return micros.getTotalCount();
        }
    }

    WriteLoad(int firstTask, int tasks) {
        this.firstTask = firstTask;
        this.tasks = tasks;
    }

    /** Returns after this time, and after the last answer. Each connection writes once at least. */
    Written run(List<Write> connections, Duration duration) throws SQLException, IOException, InterruptedException {
        var threads = Executors.newFixedThreadPool(connections.size());
        try {
            long begin = System.nanoTime();
            var work = new ArrayList<Callable<Histogram>>();
            for (int i = 0; i < connections.size(); i++) {
                int number = i;
                work.add(() -> write(connections.get(number), number, connections.size(), begin + duration.toNanos()));
            }
            var all = histogram();
            for (Future<Histogram> done : threads.invokeAll(work)) {
                all.add(result(done));
            }
            return new Written(System.nanoTime() - begin, all);
        } finally {
            threads.shutdownNow();
        }
    }

    private Histogram write(Write connection, int number, int connections, long end) throws SQLException, IOException {
        var micros = histogram();
        int task = number;
        long start = System.nanoTime();
        do {
            connection.change(firstTask + task, start);
            long now = System.nanoTime();
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(now - start));
            start = now;
            task = task + connections < tasks ? task + connections : number;
        } while (start < end);
        return micros;
    }

    private static Histogram result(Future<Histogram> done) throws SQLException, IOException, InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException refused) {
                throw refused;
            }
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IllegalStateException("the load broke", e.getCause());
        }
    }

    private static Histogram histogram() {
        return new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
    }
}
