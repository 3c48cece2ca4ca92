// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.latency;

import dev.freshet.lab.bench.world.ItemKeys;
import dev.freshet.lab.bench.world.ItemTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Commits at a given rate, whatever becomes of the commits (an open loop): who is late catches up. Each transaction
 * changes one row, whose key is set right before the commit. Not thread-safe.
 */
final class Load implements AutoCloseable {
    private final Flights flights;
    private final ItemKeys keys;
    private final ExecutorService threads;
    private final List<Connection> connections = new ArrayList<>();

    Load(ItemTable table, ItemKeys keys, Flights flights, int writers) throws SQLException {
        this.keys = keys;
        this.flights = flights;
        threads = Executors.newFixedThreadPool(writers, Load::daemon);
        for (int i = 0; i < writers; i++) {
            var connection = table.connect();
            connection.setAutoCommit(false);
            connections.add(connection);
        }
    }

    /**
     * Commits for this long.
     *
     * @return how many transactions were committed; fewer than planned, if no key was free or the machine is too slow
     */
    long run(int perSecond, Duration duration) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        var work = new ArrayList<Callable<Long>>();
        for (int i = 0; i < connections.size(); i++) {
            var schedule = new Schedule(start, perSecond, duration, i, connections.size());
            Connection connection = connections.get(i);
            work.add(() -> commit(connection, schedule));
        }
        long committed = 0;
        for (Future<Long> done : threads.invokeAll(work)) {
            committed += result(done);
        }
        return committed;
    }

    private long commit(Connection connection, Schedule schedule) throws SQLException {
        long committed = 0;
        try (PreparedStatement change = connection.prepareStatement(ItemTable.CHANGE_OF_ONE)) {
            for (long turn = 0; turn < schedule.turns(); turn++) {
                for (long wait = schedule.nanosUntil(turn, System.nanoTime());
                        wait > 0;
                        wait = schedule.nanosUntil(turn, System.nanoTime())) {
                    LockSupport.parkNanos(wait);
                }
                if (schedule.isOver(System.nanoTime())) {
                    return committed;
                }
                int id = flights.take();
                if (id > 0) {
                    change.setLong(1, id);
                    change.executeUpdate();
                    keys.set(id);
                    connection.commit();
                    flights.committed(id, System.nanoTime());
                    committed++;
                }
            }
        }
        return committed;
    }

    private static long result(Future<Long> done) throws SQLException, InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException refused) {
                throw refused;
            }
            throw new IllegalStateException("the load broke", e.getCause());
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "load");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() throws SQLException {
        threads.shutdownNow();
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
