// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.redis.MasterLink;
import dev.freshet.redis.RedisLink;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls Redis for its memory and traffic, and shows the sums over all masters as meters. While Redis does not answer,
 * their value is NaN. Thread-safe.
 */
final class RedisStatistics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisStatistics.class);
    private static final long PATIENCE_SECONDS = 5;
    private static final List<String> SECTIONS = List.of("memory", "stats");

    private final RedisLink<byte[], byte[]> link;
    private final ScheduledExecutorService timer;
    private volatile Map<String, Double> fields = Map.of();

    /** Starts polling at once. */
    RedisStatistics(RedisLink<byte[], byte[]> link, Duration interval, MeterRegistry registry) {
        this.link = link;
        gauge(registry, "memory.used", "bytes", "used_memory", "Memory used by Redis.");
        gauge(registry, "memory.max", "bytes", "maxmemory", "Memory limit of Redis; 0: no limit.");
        counter(registry, "keys.evicted", null, "evicted_keys", "Keys that Redis evicted because memory was full.");
        counter(registry, "keys.expired", null, "expired_keys", "Keys that expired.");
        counter(registry, "net.input", "bytes", "total_net_input_bytes", "Bytes that Redis received from all clients.");
        counter(registry, "net.output", "bytes", "total_net_output_bytes", "Bytes that Redis sent to all clients.");
        counter(registry, "keyspace.hits", null, "keyspace_hits", "Key lookups that found a key, by all clients.");
        counter(registry, "keyspace.misses", null, "keyspace_misses", "Key lookups that found no key, by all clients.");
        timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "freshet-redis-statistics");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::ask, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void gauge(MeterRegistry registry, String name, String unit, String field, String description) {
        Gauge.builder("freshet.redis." + name, this, statistics -> statistics.value(field))
                .baseUnit(unit)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private void counter(MeterRegistry registry, String name, String unit, String field, String description) {
        FunctionCounter.builder("freshet.redis." + name, this, statistics -> statistics.value(field))
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private double value(String field) {
        return fields.getOrDefault(field, Double.NaN);
    }

    private void ask() {
        try {
            var sums = new HashMap<String, Double>();
            for (MasterLink<byte[], byte[]> master : link.masters()) {
                for (String section : SECTIONS) {
                    CompletableFuture<String> answer =
                            master.send(redis -> redis.info(section)).toCompletableFuture();
                    add(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS), sums);
                }
            }
            fields = Map.copyOf(sums);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("cannot read the statistics of Redis: {}", e.toString());
            fields = Map.of();
        }
    }

    /** Adds the numbers of an INFO reply, whose lines are {@code name:value}. */
    private static void add(String info, Map<String, Double> sums) {
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(colon + 1).matches("\\d+")) {
                sums.merge(line.substring(0, colon), Double.valueOf(line.substring(colon + 1)), Double::sum);
            }
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
