// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.latency;

import dev.freshet.devservices.stack.StackException;
import dev.freshet.lab.bench.process.ProcessUsage;
import dev.freshet.lab.bench.process.Subject;
import dev.freshet.lab.bench.process.SubjectLauncher;
import dev.freshet.lab.bench.process.SubjectProcess;
import dev.freshet.lab.bench.world.BenchServers;
import dev.freshet.lab.bench.world.DeletedKeys;
import dev.freshet.lab.bench.world.ItemKeys;
import dev.freshet.lab.bench.world.ItemTable;
import dev.freshet.lab.bench.world.KeyNames;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A subject on an empty Redis and a new table of {@value #KEYS} rows, and the load on it. Not thread-safe. */
public final class LoadedSubject implements AutoCloseable {
    /** The number of keys, and so of changes that can be on their way. */
    static final int KEYS = 10_000;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Flights flights = new Flights(KEYS);
    private final ItemKeys keys;
    private final ItemTable table;
    private final SubjectProcess process;
    private final DeletedKeys deleted;
    private final Load load;

    /**
     * Starts the subject, and returns when it evicts.
     *
     * @param writers threads that commit
     */
    public LoadedSubject(BenchServers servers, SubjectLauncher launcher, Subject subject, KeyNames names, int writers)
            throws SQLException, InterruptedException {
        keys = servers.keys(names);
        keys.clear();
        table = servers.createTable(KEYS);
        process = launcher.startReady(subject, table);
        deleted = servers.deletedKeys(names, flights::gone);
        load = new Load(table, keys, flights, writers);
        try {
            awaitEviction();
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** Changes a row until its key goes: nobody says when the listener listens. */
    private void awaitEviction() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            process.requireAlive();
            if (System.nanoTime() > deadline) {
                throw new StackException("%s evicted nothing within %d s"
                        .formatted(process.subject().label(), PATIENCE.toSeconds()));
            }
            keys.set(1);
            table.change(1);
            TimeUnit.MILLISECONDS.sleep(200);
        } while (keys.exists(1));
    }

    /** Puts a load on it that does not count. */
    public void warmUp(int perSecond, Duration duration) throws SQLException, InterruptedException {
        load.run(perSecond, duration);
        awaitLanding();
        flights.takeLatencies();
    }

    /** Commits at this rate, as far as that is possible. The values are those of {@link LatencyMetrics}. */
    public Map<String, Double> measure(int perSecond, Duration duration) throws SQLException, InterruptedException {
        long begin = System.nanoTime();
        ProcessUsage before = process.usage();
        long committed = load.run(perSecond, duration);
        long end = System.nanoTime();
        ProcessUsage after = process.usage();
        double lag = awaitLanding();
        double seconds = (end - begin) / 1e9;
        return LatencyMetrics.of(
                flights.takeLatencies(),
                committed / seconds,
                lag,
                100 * (after.cpuSeconds() - before.cpuSeconds()) / seconds);
    }

    /** @throws StackException if it purged keys instead of evicting them */
    public void requireNoPurge() throws InterruptedException {
        process.requireNoPurge();
    }

    /** Returns how many milliseconds it took until every key was gone. */
    private double awaitLanding() throws InterruptedException {
        long begin = System.nanoTime();
        while (flights.inTheAir() > 0) {
            process.requireAlive();
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new StackException("%s left %,d keys, %d s after the last commit"
                        .formatted(process.subject().label(), flights.inTheAir(), PATIENCE.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    @Override
    public void close() throws SQLException {
        try (table;
                process;
                deleted;
                load) {
            // Closes what was opened last first.
        }
    }
}
