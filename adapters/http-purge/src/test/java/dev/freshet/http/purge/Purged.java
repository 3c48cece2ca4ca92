// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.freshet.conformance.MemoryCache;
import dev.freshet.conformance.MemoryStore;
import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.EvictorStatus;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Reason;
import dev.freshet.devservices.fault.HttpStub;
import dev.freshet.http.purge.provider.Endpoint;
import dev.freshet.http.purge.provider.PurgeKind;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Lsn;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;

/** A cache in memory, with an HTTP cache beside it that a test plays. Retries in no time. */
final class Purged implements AutoCloseable {
    static final String TOKEN = "t0ken-of-the-test";
    static final String SERVICE = "/path-of-the-test/service/abc";
    static final Owner OWNER = new Owner("7301234567890123456", "app", "freshet");
    private static final Timings QUICK =
            new Timings(Duration.ofMillis(500), Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(100));
    private static final Position.Origin ORIGIN =
            new Position.Origin(OWNER.system(), 2, OWNER.database(), OWNER.slot(), "0f3a", 3);

    final MemoryStore store = new MemoryStore();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final HttpPurgeCache cache;
    private volatile RuntimeException failing;

    Purged(HttpStub server) {
        this(PurgeKind.FASTLY, server.url() + SERVICE);
    }

    Purged(PurgeKind kind, String url) {
        var settings = new HttpPurgeSettings(Endpoint.of(kind, url, () -> TOKEN), 0);
        cache = new HttpPurgeCache(failingWhenTold(new MemoryCache(store)), settings, registry, QUICK);
    }

    private Cache failingWhenTold(Cache inner) {
        return (Cache) Proxy.newProxyInstance(
                Cache.class.getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, arguments) -> {
                    if (failing != null) {
                        throw failing;
                    }
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** From now on the cache throws this. */
    void fail(RuntimeException failure) {
        failing = failure;
    }

    void evict(String... keys) throws InterruptedException {
        cache.evict(Arrays.stream(keys)
                .map(key -> new Eviction.OfKey(key, Reason.OWN, null))
                .toList());
    }

    void evictByPattern(Reason reason) throws InterruptedException {
        cache.evict(List.of(new Eviction.OfKeys("item:*", reason, null)));
    }

    boolean publish(long lsn) throws InterruptedException {
        Instant at = Instant.parse("2026-11-22T10:15:30Z");
        var contract = new Contract("here:1", "c0ffee", Coverage.NONE);
        return cache.publish(new Position(ORIGIN, contract, new Lsn(lsn), at, at), cache.masters(), null);
    }

    /** Publishes in another thread. */
    FutureTask<Boolean> publishing(long lsn) {
        var task = new FutureTask<>(() -> publish(lsn));
        var thread = new Thread(task, "publishes");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    boolean isAcknowledgeable(long lsn) {
        return cache.acknowledgeable(new Lsn(lsn)).equals(new Lsn(lsn));
    }

    void awaitAcknowledgeable(long lsn) {
        await().atMost(PATIENCE).until(() -> isAcknowledgeable(lsn));
    }

    double count(String counter) {
        return registry.get("freshet.http.purge." + counter).counter().count();
    }

    void awaitFailures(int more) {
        double before = count("failures");
        await().atMost(PATIENCE).until(() -> count("failures") >= before + more);
    }

    EvictorStatus status() {
        return cache.secondary().orElseThrow();
    }

    @Override
    public void close() {
        cache.close();
    }
}
