// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.setup;

import dev.freshet.cache.flight.LoadLimit;
import dev.freshet.cache.flight.LoadThreads;
import dev.freshet.cache.kept.KeptSettings;
import dev.freshet.cache.kept.KeptValues;
import dev.freshet.cache.load.CacheMetrics;
import dev.freshet.cache.load.FillSettings;
import dev.freshet.cache.load.Filler;
import dev.freshet.cache.load.LimitedLoads;
import dev.freshet.cache.near.NearCache;
import dev.freshet.cache.near.NearSettings;
import dev.freshet.cache.near.TrackedNearCache;
import dev.freshet.cache.read.ReadThrough;
import dev.freshet.cache.store.CircuitBreaker;
import dev.freshet.cache.store.LoaderDatabase;
import dev.freshet.cache.store.RedisStore;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.RedisLink;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a cache is made of, put together by its settings. */
public record CacheParts(
        CacheKeys keys,
        RedisLink<String, byte[]> link,
        RedisStore store,
        CircuitBreaker breaker,
        ReadThrough reads,
        CacheMetrics metrics,
        Executor executor) {
    private static final Logger LOG = LoggerFactory.getLogger(CacheParts.class);
    private static final int BREAKER_THRESHOLD = 3;
    private static final int REQUEST_QUEUE = 10_000;
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(2);

    /**
     * Not connected yet.
     *
     * @param statuses all that a read can have
     * @param tooMany thrown where the limit allows no further load
     * @throws IllegalStateException if something required is missing, or settings contradict each other
     */
    public static CacheParts of(
            CacheSettings settings, List<String> statuses, Function<LoadLimit, RuntimeException> tooMany) {
        settings.check();
        var keys = settings.keys;
        var metrics = new CacheMetrics(settings.meters, statuses);
        var breaker = new CircuitBreaker(BREAKER_THRESHOLD, settings.breakerPause, System::nanoTime);
        var link = link(settings, breaker::answered);
        var source = new LoaderDatabase();
        if (settings.database != null) {
            source.set(settings.database);
        }
        var store = new RedisStore(
                link, breaker, keys, source, settings.fenceLifetime, settings.commandTimeout, settings.meters);
        var fills = new FillSettings(settings.ttl, settings.absentTtl, settings.ttlJitter, settings.maxValueBytes);
        var limit = settings.loadLimit;
        var reads = new ReadThrough(
                store,
                new Filler(fills, store, source, metrics),
                new LimitedLoads(limit, () -> tooMany.apply(limit), metrics),
                source,
                near(settings, link, source),
                kept(settings),
                settings.lease,
                settings.warming,
                metrics);
        var executor = settings.executor == null ? LoadThreads.executor() : settings.executor;
        return new CacheParts(keys, link, store, breaker, reads, metrics, executor);
    }

    private static RedisLink<String, byte[]> link(CacheSettings settings, Runnable onConnected) {
        var link = new LinkSettings(
                settings.redis, settings.clientName, HANDSHAKE_TIMEOUT, settings.commandTimeout, REQUEST_QUEUE);
        var codec = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
        return settings.wire == null
                ? new RedisLink<>(link, codec, onConnected)
                : new RedisLink<>(link, settings.wire, codec, onConnected);
    }

    private static NearCache near(CacheSettings settings, RedisLink<String, byte[]> link, LoaderDatabase source) {
        if (settings.nearBytes == 0) {
            return NearCache.NONE;
        }
        var interval = settings.nearInterval == null ? settings.nearMaxAge.dividedBy(4) : settings.nearInterval;
        var near = new NearSettings(
                settings.nearBytes, settings.nearTtl, settings.nearMaxAge, settings.outageMaxAge, interval);
        return new TrackedNearCache(near, link, settings.keys, source, settings.meters);
    }

    private static KeptValues kept(CacheSettings settings) {
        return settings.failSafe == null
                ? KeptValues.NONE
                : new KeptValues(new KeptSettings(settings.failSafe, settings.failSafeBytes), System::nanoTime);
    }

    /** Waits at most two seconds for Redis. The cache connects as soon as it can. An interrupted thread stays so. */
    public void connect() {
        try {
            if (!link.open(CONNECT_PATIENCE)) {
                LOG.warn(
                        "Redis at {} has not answered for {} ms; continuing without a cache",
                        link,
                        CONNECT_PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
