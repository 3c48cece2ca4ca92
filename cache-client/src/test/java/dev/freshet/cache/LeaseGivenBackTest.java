// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.fault.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever took a lease, or may have taken it, gives it back, however its read ends. */
class LeaseGivenBackTest extends CachesOnRedis {
    private static final CacheView<String> TASK = CacheView.json("task", "own");
    private static final EntryKey<String> KEY = TASK.key("42").ownedBy("u1");
    private static final String LEASE = "ctx:{u1}:~lease:task:42:own";
    /** Until a lease expires by itself. */
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private static final Duration LONG_BEFORE = Duration.ofSeconds(40);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FaultProxy proxy;

    LeaseGivenBackTest(RedisServer server) {
        super(server);
        this.proxy = new FaultProxy(server.host(), server.port());
    }

    /** How a program reads. The loader fails. */
    enum Way {
        ONE {
            @Override
            void read(FreshetCache cache) throws IOException {
                cache.get(KEY, () -> {
                    throw new IOException("no database");
                });
            }
        },
        SEVERAL {
            @Override
            void read(FreshetCache cache) throws IOException {
                cache.getAll(List.of(KEY), keys -> {
                    throw new IOException("no database");
                });
            }
        };

        abstract void read(FreshetCache cache) throws IOException;
    }

    /** How a program reads without waiting. The loader fails. */
    enum Async {
        ONE {
            @Override
            CompletableFuture<?> read(FreshetCache cache) {
                return cache.getAsync(KEY, () -> {
                    throw new IOException("no database");
                });
            }
        },
        SEVERAL {
            @Override
            CompletableFuture<?> read(FreshetCache cache) {
                return cache.getAllAsync(List.of(KEY), keys -> {
                    throw new IOException("no database");
                });
            }
        };

        abstract CompletableFuture<?> read(FreshetCache cache);
    }

    /** So that a script is one request. */
    @BeforeEach
    void loadScripts() {
        var cache = open(builder().leases(LIFETIME));
        cache.get(TASK.key("1").ownedBy("u1"), this::next);
        cache.get(TASK.key("2").ownedBy("u1"), () -> next().unstored());
        await().atMost(PATIENCE).until(() -> releases() == 1);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource
    void whoSharesALoadThatFails(Way way) throws Exception {
        var cache = open(builder().leases(LIFETIME));
        var loading = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        // A read at level strong takes no lease.
        threads.submit(() -> cache.at(Consistency.strong()).get(KEY, () -> {
            loading.countDown();
            gate.await();
            throw new IOException("no database");
        }));
        assertThat(loading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        var sharing = new AtomicReference<Thread>();
        var shared = threads.submit(() -> {
            sharing.set(Thread.currentThread());
            way.read(cache);
            return null;
        });
        await().atMost(PATIENCE)
                .until(() -> raw.redis.exists(LEASE) == 1 && sharing.get().getState() == Thread.State.WAITING);
        gate.countDown();
        assertThatThrownBy(() -> shared.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasRootCauseMessage("no database");
        awaitGone();
    }

    @ParameterizedTest
    @EnumSource
    void whoIsInterruptedBeforeRedisAnswers(Way way) throws Exception {
        var cache = slow(Duration.ofSeconds(30));
        proxy.holdAnswers();
        var read = threads.submit(() -> {
            way.read(cache);
            return null;
        });
        awaitTaken();
        read.cancel(true);
        proxy.releaseAnswers();
        awaitGone();
    }

    @ParameterizedTest
    @EnumSource
    void whoGetsNoAnswerInTime(Way way) throws Exception {
        var cache = slow(Duration.ofMillis(500));
        var asked = proxy.failAt(FaultProxy.Moment.NEVER, request -> request.contains("lease\r\n"));
        var told = proxy.failAt(FaultProxy.Moment.NEVER, request -> request.contains("\r\n" + LEASE));
        proxy.holdAnswers();
        assertThatThrownBy(() -> way.read(cache)).hasMessage("no database");
        assertThat(asked.struck()).isTrue();
        // The answers are still held: Redis is told all the same.
        await().atMost(LONG_BEFORE).until(told::struck);
        awaitGone();
    }

    @ParameterizedTest
    @EnumSource
    void whoCancelsBeforeRedisAnswers(Async way) throws Exception {
        var cache = slow(Duration.ofSeconds(30));
        proxy.holdAnswers();
        var read = way.read(cache);
        awaitTaken();
        read.cancel(true);
        proxy.releaseAnswers();
        awaitGone();
    }

    @ParameterizedTest
    @EnumSource
    void whoFindsNoThreadToLoadIn(Async way) throws Exception {
        var cache = open(builder().leases(LIFETIME).executor(work -> {
            assertThat(raw.redis.exists(LEASE)).isEqualTo(1);
            throw new RejectedExecutionException("full");
        }));
        assertThatThrownBy(() -> way.read(cache).get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(RejectedExecutionException.class);
        awaitGone();
    }

    /** It tries again. */
    @Test
    void whoseConnectionBreaksThen() throws Exception {
        long released = releases();
        var cache = slow(Duration.ofMillis(500));
        proxy.failAt(FaultProxy.Moment.BEFORE, request -> request.contains("\r\n" + LEASE), 1, proxy::holdAnswers);
        assertThatThrownBy(() -> Way.ONE.read(cache)).hasMessage("no database");
        await().atMost(PATIENCE).until(() -> releases() > released);
        proxy.releaseAnswers();
        awaitGone();
    }

    /** Of one process all reads have the same lease: it stays until the last of them has ended. */
    @Test
    void notWhileAnotherReadOfTheProcessNeedsIt() throws Exception {
        var cache = open(builder().leases(LIFETIME));
        var loading = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var leading = threads.submit(() -> cache.get(KEY, () -> {
            loading.countDown();
            gate.await();
            return Loaded.of("1", Tags.of("task:42")).unstored();
        }));
        assertThat(loading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        // It has the lease, too, and goes.
        var sharing = new AtomicReference<Thread>();
        var shared = threads.submit(() -> {
            sharing.set(Thread.currentThread());
            return cache.get(KEY, this::next);
        });
        await().atMost(PATIENCE)
                .until(() -> sharing.get() != null && sharing.get().getState() == Thread.State.WAITING);
        shared.cancel(true);
        // Back in the pool.
        await().atMost(PATIENCE).until(() -> sharing.get().getState() == Thread.State.TIMED_WAITING);
        cache.get(TASK.key("1").ownedBy("u1"), this::next);
        assertThat(raw.redis.exists(LEASE)).isEqualTo(1);
        gate.countDown();
        leading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        awaitGone();
    }

    /** Through the proxy, and connected. */
    private FreshetCache slow(Duration timeout) {
        var cache = open(builder()
                .redis("redis://" + proxy.address())
                .commandTimeout(timeout)
                .leases(LIFETIME));
        await().atMost(PATIENCE).until(cache::isRedisAvailable);
        return cache;
    }

    private long releases() {
        return meters.get("freshet.cache.redis")
                .tag("operation", "release")
                .timer()
                .count();
    }

    private void awaitTaken() {
        await().atMost(PATIENCE).until(() -> raw.redis.exists(LEASE) == 1);
    }

    private void awaitGone() {
        await().atMost(LONG_BEFORE).until(() -> raw.redis.exists(LEASE) == 0);
    }
}
