// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.micro;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A read that is answered from the memory of the process. Redis is there, and proves that memory is up to date. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NearHitBenchmark {
    private static final CacheView<String> TASK = CacheView.json("task", "own");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private CoveredRedis redis;
    private FreshetCache cache;

    @Setup
    public void fill() throws InterruptedException {
        redis = new CoveredRedis();
        cache = redis.cache().nearCache(1 << 20).build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (nearHit().status() != CacheStatus.NEAR) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "the near cache does not answer: " + nearHit().status());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Benchmark
    public CacheResult<String> nearHit() {
        return cache.get(TASK.key(4711).ownedBy("user1"), () -> Loaded.of("{\"name\": \"task\"}"));
    }

    @TearDown
    public void close() {
        cache.close();
        redis.close();
    }
}
