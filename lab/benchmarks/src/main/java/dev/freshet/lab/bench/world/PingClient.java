// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.world;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Another client of Redis, which sends a PING about every 200 µs on a connection of its own. Closing ends it. */
public final class PingClient implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final StatefulRedisConnection<String, String> connection;
    private final Thread thread = new Thread(this::ping, "ping");
    private volatile boolean closed;
    private volatile long longestNanos;

    PingClient(RedisClient client) {
        connection = client.connect();
        connection.sync().ping();
        thread.setDaemon(true);
        thread.start();
    }

    private void ping() {
        while (!closed) {
            long begin = System.nanoTime();
            connection.sync().ping();
            longestNanos = Math.max(longestNanos, System.nanoTime() - begin);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Ends it, and returns how many milliseconds its longest PING took. */
    public double end() throws InterruptedException {
        closed = true;
        thread.join();
        return longestNanos / 1e6;
    }

    @Override
    public void close() {
        closed = true;
        connection.close();
    }
}
