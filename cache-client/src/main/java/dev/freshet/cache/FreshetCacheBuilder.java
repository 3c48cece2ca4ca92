// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.setup.CacheParts;
import dev.freshet.cache.setup.CacheSettings;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.wire.Wire;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Builds a {@link FreshetCache}. Not thread-safe. Every method except {@link #build()} returns the builder itself. */
public final class FreshetCacheBuilder {
    private final CacheSettings settings = new CacheSettings();

    FreshetCacheBuilder() {}

    /**
     * The address of Redis: {@code redis://[user[:password]@]host[:port][/database]}, or {@code rediss://} for TLS. For
     * Sentinel and Cluster see {@link RedisAddress#parse}. Required.
     *
     * @throws IllegalArgumentException if it is not such a URI
     */
    public FreshetCacheBuilder redis(String uri) {
        settings.redis(RedisAddress.parse(uri));
        return this;
    }

    /**
     * The address of Redis, and a password from elsewhere for the user in the URI.
     *
     * @param password takes precedence over the URI's; null: as in the URI
     * @throws IllegalArgumentException if it is not such a URI, or if it names a user and there is no password
     */
    public FreshetCacheBuilder redis(String uri, CharSequence password) {
        settings.redis(RedisAddress.of(uri, password));
        return this;
    }

    /**
     * The user and password for Redis, in place of those in the URI. Call after {@link #redis}.
     *
     * @param user null: the user in the URI, or else the default user
     */
    public FreshetCacheBuilder credentials(String user, CharSequence password) {
        settings.credentials(user, password);
        return this;
    }

    /** Connects over this in place of a network: to the Redis in memory of {@code freshet-test}, in tests. */
    public FreshetCacheBuilder over(Wire wire) {
        settings.wire(wire);
        return this;
    }

    /** The namespace of the invalidator's mapping, such as {@code ctx}. Required. */
    public FreshetCacheBuilder namespace(String namespace) {
        settings.namespace(namespace);
        return this;
    }

    /**
     * The database that the loaders read. If the invalidator of the namespace works on another one, nothing is read
     * from the cache or stored in it. Default: the database that loaders report, see {@link Loaded#from}.
     */
    public FreshetCacheBuilder database(SourceDatabase database) {
        settings.database(database.id());
        return this;
    }

    /** How long a value is kept at most, before jitter. Default: 300 s. */
    public FreshetCacheBuilder ttl(Duration ttl) {
        settings.ttl(ttl);
        return this;
    }

    /** How long "does not exist" is kept at most, before jitter. Default: 30 s. */
    public FreshetCacheBuilder absentTtl(Duration ttl) {
        settings.absentTtl(ttl);
        return this;
    }

    /** Share of the time to live by which it varies, up or down; at least 0 and less than 1. Default: 0.1. */
    public FreshetCacheBuilder ttlJitter(double share) {
        settings.ttlJitter(share);
        return this;
    }

    /** Values larger than this are returned but not stored. Default: 1 MiB. */
    public FreshetCacheBuilder maxValueBytes(int bytes) {
        settings.maxValueBytes(bytes);
        return this;
    }

    /** How long one Redis command may take; after that the loader answers. Default: 500 ms. */
    public FreshetCacheBuilder commandTimeout(Duration timeout) {
        settings.commandTimeout(timeout);
        return this;
    }

    /** How long Redis is not asked after three timeouts in a row. Default: 1 s. */
    public FreshetCacheBuilder breakerPause(Duration pause) {
        settings.breakerPause(pause);
        return this;
    }

    /** The name of the connection in {@code CLIENT LIST}. Default: {@code freshet-cache}. */
    public FreshetCacheBuilder clientName(String name) {
        settings.clientName(name);
        return this;
    }

    /** Where to record reads, refused fills, and the time that loads and Redis take. Default: nowhere. */
    public FreshetCacheBuilder meters(MeterRegistry registry) {
        settings.meters(registry);
        return this;
    }

    /**
     * Limits the number of loads at a time. A read that needs one more waits for a place, and fails with {@link
     * TooManyLoadsException} if it gets none in time. This protects the database while Redis is away. A loader that
     * reads other keys of the cache may need a place for each of them. Default: no limit.
     *
     * @param patience how long to wait for a place; may be zero
     */
    public FreshetCacheBuilder maxLoads(int loads, Duration patience) {
        settings.maxLoads(loads, patience);
        return this;
    }

    /**
     * Keeps entries in the memory of this process, too. Redis reports changes to them. So after an entry was evicted
     * from Redis, memory may hold its old value until the notice arrives, but never longer than {@link #nearMaxAge}.
     * Default: off.
     *
     * @param bytes the most memory to use, approximately; 0 turns it off
     */
    public FreshetCacheBuilder nearCache(long bytes) {
        settings.nearCache(bytes);
        return this;
    }

    /**
     * Memory answers reads at level eventual only if it was proved, at most this long ago, to have heard of every
     * change. Default: 1 s.
     */
    public FreshetCacheBuilder nearMaxAge(Duration age) {
        settings.nearMaxAge(age);
        return this;
    }

    /** The same limit while Redis does not answer; beyond it the loader answers. Default: 5 s. */
    public FreshetCacheBuilder outageMaxAge(Duration age) {
        settings.outageMaxAge(age);
        return this;
    }

    /**
     * If a load fails, answers level eventual with the last value that this process got, as {@link CacheStatus#STALE},
     * instead of what the loader threw: a value that level eventual could have given so long ago at most. Other levels
     * fail as before. Default: off.
     *
     * @param most how far out of date a value may be, such as a minute; a day at most
     * @param bytes the most memory to use, approximately
     */
    public FreshetCacheBuilder failSafe(Duration most, long bytes) {
        settings.failSafe(most, bytes);
        return this;
    }

    /**
     * One process of all loads a value that is not cached, and the others wait for it: the one that gets the lease, which
     * Redis hands out with the miss. A load that ends gives it back; if its process dies, it expires. A read waits for two
     * of them at most, and loads for itself then. Processes without this setting neither wait nor are waited for. Default:
     * off.
     *
     * @param most about the longest time that one load takes, from 100 ms to a minute; so long a dead process holds up
     *     the readers of what it was loading
     */
    public FreshetCacheBuilder leases(Duration most) {
        settings.leases(most);
        return this;
    }

    /**
     * Reloads hot keys as soon as they are evicted, ahead of the next read. Only one of all readers loads a key.
     * Loaders then also run in threads of the cache. Needs a {@link #nearCache}. Default: off.
     *
     * @param loadsPerSecond the most loads per second in this process; 0 turns warming off
     * @param concurrent the most loads at a time in this process
     */
    public FreshetCacheBuilder warming(int loadsPerSecond, int concurrent) {
        settings.warming(loadsPerSecond, concurrent);
        return this;
    }

    /**
     * Where loaders of asynchronous reads run. Give one that may block, such as one of virtual threads. Default: up to 64
     * threads of the cache, which end when they are idle; more loads wait for one of them.
     */
    public FreshetCacheBuilder executor(Executor executor) {
        settings.executor(executor);
        return this;
    }

    /** For tests. */
    FreshetCacheBuilder nearTtl(Duration ttl) {
        settings.nearTtl(ttl);
        return this;
    }

    /** For tests: how often memory is proved to be up to date. */
    FreshetCacheBuilder nearInterval(Duration interval) {
        settings.nearInterval(interval);
        return this;
    }

    /** For tests: the invalidator trims fences by {@link CacheKeys#FENCE_LIFETIME}. */
    FreshetCacheBuilder fenceLifetime(Duration lifetime) {
        settings.fenceLifetime(lifetime);
        return this;
    }

    /**
     * Connects and returns the cache. If Redis does not answer within two seconds, or the thread is interrupted
     * meanwhile, the cache is returned anyway and connects as soon as it can. The thread then stays interrupted.
     *
     * @throws IllegalStateException if something required is missing, or settings contradict each other
     */
    public FreshetCache build() {
        var parts = CacheParts.of(
                settings, CacheStatus.names(), limit -> new TooManyLoadsException(limit.most(), limit.patience()));
        var reads =
                new TypedReads(parts.keys(), parts.reads(), parts.metrics(), parts.executor(), Consistency.eventual());
        var cache = new FreshetCache(parts.link(), parts.store(), parts.breaker(), parts.reads(), reads);
        parts.connect();
        return cache;
    }
}
