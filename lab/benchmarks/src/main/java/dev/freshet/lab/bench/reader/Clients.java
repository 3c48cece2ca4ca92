// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import dev.freshet.cache.FreshetCache;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.stack.StackException;
import dev.freshet.lab.bench.contexts.ContextProcesses;
import dev.freshet.lab.bench.contexts.ContextRows;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Isolate;
import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.RedisLink;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Whoever reads: a cache of each kind, all in this process, and the loads behind them. Thread-safe. */
final class Clients implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long NEAR_BYTES = 256L << 20;
    private static final Pattern CPU = Pattern.compile("used_cpu_(?:sys|user):([0-9.]+)");

    private final TestDatabase database;
    private final ContextRows rows;
    private final TaskLoads loads;
    private final FreshetCache far;
    private final FreshetCache near;
    private final RedisLink<String, byte[]> link;

    Clients(String redisUri, TestDatabase database, ContextRows rows) throws SQLException, InterruptedException {
        this.database = database;
        this.rows = rows;
        loads = new TaskLoads(database, rows);
        far = FreshetCache.builder()
                .redis(redisUri)
                .namespace(ContextProcesses.NAMESPACE)
                .build();
        near = FreshetCache.builder()
                .redis(redisUri)
                .namespace(ContextProcesses.NAMESPACE)
                .nearCache(NEAR_BYTES)
                .build();
        link = new RedisLink<>(
                new LinkSettings(
                        RedisAddress.parse(redisUri),
                        "freshet-bench",
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500),
                        10_000),
                RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE),
                () -> {});
        link.open(PATIENCE);
    }

    /** Reads in this way. */
    Reads reads(Way way, View view, Keys keys) {
        return switch (way) {
            case CACHE_ASIDE -> new CacheAsideReads(link, loads, view, keys);
            case FRESHET, FRESHET_1, FRESHET_4 -> new FreshetReads(far, loads, rows, view, keys);
            case NEAR -> new FreshetReads(near, loads, rows, view, keys);
            case NO_CACHE -> number -> loads.load(view, keys.task(number)).json();
        };
    }

    /** Reads every key until all are there. */
    void fill(Reads reads, Way way, Keys keys) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long loaded;
        do {
            require(deadline, "the cache of " + way.label() + " did not take all keys");
            loaded = loads.count();
            for (long number = 0; number < keys.count(); number++) {
                reads.read(number);
            }
        } while (way != Way.NO_CACHE && loads.count() > loaded);
        if (way == Way.NEAR) {
            for (long number = 0; number < keys.count(); number++) {
                while (!((FreshetReads) reads).isNear(number)) {
                    require(deadline, "the near cache does not hold all keys");
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
        }
    }

    /** Has the key of the first read gone: by a change of its row, if the invalidator evicts it. */
    void evict(Reads reads, Way way, View view, Keys keys) throws InterruptedException {
        if (reads instanceof CacheAsideReads aside) {
            aside.delete(0);
        } else if (way != Way.NO_CACHE) {
            int task = keys.task(0);
            String entry = new CacheKeys(ContextProcesses.NAMESPACE)
                    .entry(Isolate.of(rows.user(task)), "task", List.of(Integer.toString(task)), view.name());
            database.execute("UPDATE freshet.task_context SET name = name || '.' WHERE id = " + task);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (CacheAsideReads.await(link.commands().exists(entry)) > 0) {
                require(deadline, "the invalidator did not evict " + entry);
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    private static void require(long deadline, String otherwise) {
        if (System.nanoTime() > deadline) {
            throw new StackException(otherwise + " within " + PATIENCE.toSeconds() + " s");
        }
    }

    TaskLoads loads() {
        return loads;
    }

    /** @throws StackException if cache-client has found that nothing may be cached */
    void requireCaching() {
        far.uncached().or(near::uncached).ifPresent(why -> {
            throw new StackException("nothing is cached: " + why);
        });
    }

    /** What Redis has used so far. */
    double redisSeconds() throws InterruptedException {
        return CPU.matcher(CacheAsideReads.await(link.commands().info("cpu")))
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    @Override
    public void close() throws SQLException {
        far.close();
        near.close();
        link.close();
        loads.close();
    }
}
