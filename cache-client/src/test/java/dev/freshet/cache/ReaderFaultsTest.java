// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.fault.FaultProxy;
import dev.freshet.devservices.fault.FaultProxy.Moment;
import dev.freshet.devservices.junit.WithRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each request of a reader to Redis fails once: before it arrives, when it is done, after its answer. */
@WithRedis
class ReaderFaultsTest {
    private static final EntryKey<String> KEY =
            CacheView.json("task", "own").key("42").ownedBy("u1");
    private static final String ENTRY = "ctx:{u1}:task:42:own";
    private static final String TAG_SET = "ctx:{u1}:~tag:task:42";
    /** What only these requests say. */
    private static final String BEGIN = "~tag:\r\n";

    private static final String FILL = TAG_SET;

    private final AtomicInteger truth = new AtomicInteger(1);
    private final RawRedis raw;
    private final FaultProxy proxy;
    private FreshetCache cache;

    ReaderFaultsTest(RedisServer server) {
        raw = new RawRedis(server.uri());
        proxy = new FaultProxy(server.host(), server.port());
    }

    @BeforeEach
    void empty() {
        raw.redis.flushall();
        Contracts.promise(raw);
    }

    @AfterEach
    void close() {
        cache.close();
        proxy.close();
        raw.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "IN_THE_MIDDLE", "AFTER"})
    void begin(Moment moment) throws Exception {
        cache = builder().build();
        assertThat(value(Consistency.eventual())).isEqualTo(1);
        var fault = proxy.failAt(moment, request -> request.contains(BEGIN));
        assertThat(value(Consistency.eventual())).isEqualTo(1);
        assertThat(fault.struck()).isTrue();
        theNextChangeIsSeen();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "IN_THE_MIDDLE", "AFTER"})
    void beginOfASession(Moment moment) throws Exception {
        cache = builder().build();
        value(Consistency.eventual());
        truth.set(2);
        raw.redis.hset("ctx:~position", "lsn", "0/1");
        var fault = proxy.failAt(moment, request -> request.contains(BEGIN));
        assertThat(value(Consistency.session(WalPosition.of("0/2")))).isEqualTo(2);
        assertThat(fault.struck()).isTrue();
        theNextChangeIsSeen();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "IN_THE_MIDDLE", "AFTER"})
    void fill(Moment moment) throws Exception {
        cache = builder().build();
        // The script is known to Redis.
        cache.get(CacheView.json("task", "own").key("1").ownedBy("u1"), () -> Loaded.of("1", Tags.of("task:1")));
        var fault = proxy.failAt(moment, request -> request.contains(FILL));
        assertThat(value(Consistency.eventual())).isEqualTo(1);
        assertThat(fault.struck()).isTrue();
        if (raw.redis.exists(ENTRY) == 1) {
            assertThat(raw.redis.sismember(TAG_SET, ENTRY)).isTrue();
        }
        theNextChangeIsSeen();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "IN_THE_MIDDLE", "AFTER"})
    void tracking(Moment moment) throws Exception {
        var fault = proxy.failAt(moment, request -> request.contains("TRACKING"));
        cache = near().build();
        await().atMost(PATIENCE).until(() -> status() == CacheStatus.NEAR && fault.struck());
        theNextChangeIsSeen();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "IN_THE_MIDDLE", "AFTER"})
    void proof(Moment moment) throws Exception {
        cache = near().build();
        await().atMost(PATIENCE).until(() -> status() == CacheStatus.NEAR);
        var fault = proxy.failAt(moment, request -> request.contains("GETREDIR"));
        await().atMost(PATIENCE).until(fault::struck);
        theNextChangeIsSeen();
        await().atMost(PATIENCE).until(() -> status() == CacheStatus.NEAR);
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "IN_THE_MIDDLE", "AFTER"})
    void leaseOfARefresh(Moment moment) throws Exception {
        cache = near().warming(100, 1).build();
        for (int i = 0; i < 20; i++) {
            value(Consistency.eventual());
        }
        await().atMost(PATIENCE).until(() -> status() == CacheStatus.NEAR);
        var fault = proxy.failAt(moment, request -> request.contains("lease\r\n"));
        theNextChangeIsSeen();
        await().atMost(PATIENCE).until(fault::struck);
        await().atMost(PATIENCE).until(() -> status() == CacheStatus.NEAR);
        await().atMost(PATIENCE).until(() -> raw.redis.exists("ctx:{u1}:~lease:task:42:own") == 0);
        theNextChangeIsSeen();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "IN_THE_MIDDLE", "AFTER"})
    void beginWithALease(Moment moment) throws Exception {
        cache = builder().leases(Duration.ofMinutes(1)).build();
        var fault = proxy.failAt(moment, request -> request.contains("lease\r\n"));
        assertThat(value(Consistency.eventual())).isEqualTo(1);
        assertThat(fault.struck()).isTrue();
        theNextChangeIsSeen();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "IN_THE_MIDDLE", "AFTER"})
    void leaseGivenBack(Moment moment) throws Exception {
        cache = builder().leases(Duration.ofMinutes(1)).build();
        var fault = proxy.failAt(moment, request -> request.contains("\r\nctx:{u1}:~lease:"));
        assertThatThrownBy(() -> cache.get(KEY, () -> {
                    throw new IOException("no database");
                }))
                .hasMessage("no database");
        await().atMost(PATIENCE).until(fault::struck);
        // Long before it expires.
        await().atMost(Duration.ofSeconds(40)).until(() -> raw.redis.exists("ctx:{u1}:~lease:task:42:own") == 0);
        theNextChangeIsSeen();
    }

    @Test
    void aLoadThatFailsLeavesNothingBehind() throws Exception {
        cache = builder().build();
        assertThatThrownBy(() -> cache.get(KEY, () -> {
                    throw new IOException("no database");
                }))
                .hasMessage("no database");
        assertThat(raw.redis.exists(ENTRY, TAG_SET)).isZero();
        theNextChangeIsSeen();
    }

    /** As the invalidator does it: fence, unlink what is under the tag. */
    private void theNextChangeIsSeen() throws InterruptedException {
        int next = truth.incrementAndGet();
        raw.redis.del("ctx:{u1}:~fences");
        raw.redis.smembers(TAG_SET).forEach(raw.redis::unlink);
        await().atMost(PATIENCE).until(() -> value(Consistency.eventual()) == next);
        for (int i = 0; i < 20; i++) {
            assertThat(value(Consistency.eventual())).isEqualTo(next);
        }
    }

    private FreshetCacheBuilder builder() {
        return FreshetCache.builder()
                .redis("redis://" + proxy.address())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(5));
    }

    private FreshetCacheBuilder near() {
        return builder()
                .nearCache(1 << 20)
                .nearTtl(Duration.ofMinutes(10))
                .nearMaxAge(Duration.ofMinutes(10))
                .outageMaxAge(Duration.ofMinutes(10))
                .nearInterval(Duration.ofMillis(10));
    }

    private CacheStatus status() throws InterruptedException {
        return read(Consistency.eventual()).status();
    }

    private int value(Consistency level) throws InterruptedException {
        return Integer.parseInt(read(level).value().orElseThrow());
    }

    private CacheResult<String> read(Consistency level) throws InterruptedException {
        return cache.at(level).get(KEY, () -> Loaded.of("" + truth.get(), Tags.of("task:42")));
    }
}
