// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.scale;

import dev.freshet.lab.bench.result.Metric;
import dev.freshet.lab.bench.world.ItemTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** Readers and a writer, who all like the same rows best. Not thread-safe. */
final class ReadLoad implements AutoCloseable {
    static final int ROWS = 2_000;
    static final int READS = 2_000;
    static final int COMMITS = 100;

    static final List<Metric> METRICS = List.of(
            new Metric("hitPercent", "hits %", 1, false, true),
            new Metric("originQueriesPerSecond", "origin queries/s", 0, true),
            new Metric("stalePercent", "stale reads %", 3, false));

    private static final int READERS = 4;
    private static final String VERSION = "SELECT version FROM item WHERE id = ?";

    private final ItemTable table;
    private final ReadPath path;
    private final ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
    /** What is surely committed of each row. */
    private final AtomicLongArray committed = new AtomicLongArray(ROWS + 1);

    ReadLoad(ItemTable table, ReadPath path) {
        this.table = table;
        this.path = path;
    }

    /** What a reader has seen. */
    private record Seen(long reads, long loads, long stale) {
        Seen plus(Seen other) {
            return new Seen(reads + other.reads, loads + other.loads, stale + other.stale);
        }
    }

    /** Reads every row once, and then as long as this, each reader once at least. The values are those of {@link #METRICS}. */
    Map<String, Double> run(Duration duration) throws SQLException, InterruptedException {
        try (Connection connection = table.connect();
                var origin = connection.prepareStatement(VERSION)) {
            for (long id = 1; id <= ROWS; id++) {
                read(id, origin);
            }
        }
        var work = new ArrayList<Callable<Seen>>();
        work.add(() -> write(duration));
        for (int reader = 0; reader < READERS; reader++) {
            work.add(() -> read(duration));
        }
        var all = new Seen(0, 0, 0);
        for (Future<Seen> done : threads.invokeAll(work)) {
            all = all.plus(result(done));
        }
        return Map.of(
                METRICS.get(0).name(), 100.0 * (all.reads - all.loads) / all.reads,
                METRICS.get(1).name(), all.loads / (duration.toNanos() / 1e9),
                METRICS.get(2).name(), 100.0 * all.stale / all.reads);
    }

    private Seen write(Duration duration) throws SQLException {
        try (Connection connection = table.connect();
                var change = connection.prepareStatement(ItemTable.CHANGE_OF_ONE)) {
            long end = System.nanoTime() + duration.toNanos(); // not before the connection is open
            while (System.nanoTime() < end) {
                int id = pick();
                change.setLong(1, id);
                change.executeUpdate();
                committed.incrementAndGet(id);
                LockSupport.parkNanos(1_000_000_000L / COMMITS);
            }
        }
        return new Seen(0, 0, 0);
    }

    private Seen read(Duration duration) throws SQLException {
        var seen = new Seen(0, 0, 0);
        try (Connection connection = table.connect();
                var origin = connection.prepareStatement(VERSION)) {
            long end = System.nanoTime() + duration.toNanos();
            do {
                seen = seen.plus(read(pick(), origin));
                LockSupport.parkNanos(1_000_000_000L * READERS / READS);
            } while (System.nanoTime() < end);
        }
        return seen;
    }

    private Seen read(long id, PreparedStatement origin) throws SQLException {
        long atLeast = committed.get((int) id);
        int[] loads = {0};
        long version = path.read(id, () -> {
            loads[0]++;
            return version(id, origin);
        });
        return new Seen(1, loads[0], version < atLeast ? 1 : 0);
    }

    private static long version(long id, PreparedStatement origin) throws SQLException {
        origin.setLong(1, id);
        try (var row = origin.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The smaller, the more often. */
    private static int pick() {
        double random = ThreadLocalRandom.current().nextDouble();
        return 1 + (int) (ROWS * random * random * random);
    }

    private static Seen result(Future<Seen> done) throws SQLException, InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException refused) {
                throw refused;
            }
            throw new IllegalStateException("the load broke", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
