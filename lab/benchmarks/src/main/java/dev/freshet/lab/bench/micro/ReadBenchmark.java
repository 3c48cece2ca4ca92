// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.micro;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.cache.view.TagOf;
import dev.freshet.jackson.JacksonCodec;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What Redis answers to one reader: a plain GET, and what each layer of cache-client adds to it. The value is the same. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadBenchmark {
    private static final byte[] PLAIN = "plain".getBytes(StandardCharsets.UTF_8);
    private static final String JSON =
            "{\"id\":4711,\"name\":\"write it down\",\"priority\":2,\"labels\":[\"urgent\",\"paper\"]}";
    private static final Task VALUE = new Task(4711, "write it down", 2, List.of("urgent", "paper"));

    private static final EntryKey<String> ONE_TAG =
            CacheView.json("task", "own").key(4711).ownedBy("user1");
    private static final EntryKey<String> FIVE_TAGS =
            CacheView.json("task", "shown").key(4711).ownedBy("user1");
    private static final EntryKey<Task> TYPED =
            CacheView.of("task", "typed", JacksonCodec.of(Task.class)).key(4711).ownedBy("user1");

    private CoveredRedis redis;
    private RedisClient client;
    private StatefulRedisConnection<byte[], byte[]> plain;
    private FreshetCache cache;

    /** What is read, as an object. */
    public record Task(long id, String name, int priority, List<String> labels) {}

    @Setup
    public void fill() {
        redis = new CoveredRedis();
        client = RedisClient.create(redis.uri());
        plain = client.connect(ByteArrayCodec.INSTANCE);
        plain.sync().set(PLAIN, JSON.getBytes(StandardCharsets.UTF_8));
        cache = redis.cache().build();
        hit();
        hitWithFourMoreTags();
        hitAsObject();
    }

    @Benchmark
    public byte[] plainGet() {
        return plain.sync().get(PLAIN);
    }

    /** The tag is that of its row. */
    @Benchmark
    public CacheResult<String> hit() {
        return cache.get(ONE_TAG, () -> Loaded.of(JSON));
    }

    @Benchmark
    public CacheResult<String> hitWithFourMoreTags() {
        return cache.get(
                FIVE_TAGS,
                () -> Loaded.of(JSON)
                        .and(TagOf.row("org", 1), TagOf.row("org", 2), TagOf.row("org", 3), TagOf.row("org", 4)));
    }

    /** Read by Jackson. */
    @Benchmark
    public CacheResult<Task> hitAsObject() {
        return cache.get(TYPED, () -> Loaded.of(VALUE));
    }

    @TearDown
    public void close() {
        cache.close();
        client.shutdown();
        redis.close();
    }
}
