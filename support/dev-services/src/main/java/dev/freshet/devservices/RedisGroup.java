// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** A group of servers that are started in parallel and closed together. */
final class RedisGroup implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<RedisNode> nodes = new ArrayList<>();

    /** Starts servers in parallel. If one of them does not start, all servers of the group are closed. */
    List<RedisNode> start(List<Callable<RedisNode>> starts) {
        var threads = Executors.newFixedThreadPool(starts.size());
        try {
            var futures = starts.stream().map(threads::submit).toList();
            DevServicesException failure = null;
            var started = new ArrayList<RedisNode>();
            for (var future : futures) {
                try {
                    started.add(get(future));
                } catch (DevServicesException e) {
                    failure = e;
                }
            }
            synchronized (nodes) {
                nodes.addAll(started);
            }
            if (failure != null) {
                close();
                throw failure;
            }
            return started;
        } finally {
            threads.shutdown();
        }
    }

    private static RedisNode get(Future<RedisNode> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new DevServicesException(
                    "a Redis server did not start: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevServicesException("interrupted while Redis servers started", e);
        }
    }

    /** Waits until the servers agree on something. Errors in the meantime count as "not yet". */
    static void await(String what, BooleanSupplier condition) {
        var last = new RuntimeException[1];
        var came = Waiting.until(
                () -> {
                    try {
                        return condition.getAsBoolean();
                    } catch (DevServicesException notYet) {
                        last[0] = notYet;
                        return false;
                    }
                },
                PATIENCE);
        if (!came) {
            throw new DevServicesException("Redis: not within " + PATIENCE.toSeconds() + " s: " + what, last[0]);
        }
    }

    List<RedisNode> nodes() {
        synchronized (nodes) {
            return List.copyOf(nodes);
        }
    }

    @Override
    public void close() {
        nodes().forEach(RedisNode::close);
    }
}
