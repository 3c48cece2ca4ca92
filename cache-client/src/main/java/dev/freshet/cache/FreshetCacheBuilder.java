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

/**
 * Builds a {@link FreshetCache}. Every method except {@link #build()} returns the builder itself. A duration must be at
 * least 1 ms unless its method states otherwise. A method given a value outside its range throws {@link
 * IllegalArgumentException}. Not thread-safe.
 */
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
     * The address of Redis, with the password of its user given apart from the URI.
     *
     * @param password takes precedence over the password in the URI; null to use the one in the URI
     * @throws IllegalArgumentException if it is not such a URI, or if it names a user and there is no password
     */
    public FreshetCacheBuilder redis(String uri, CharSequence password) {
        settings.redis(RedisAddress.of(uri, password));
        return this;
    }

    /**
     * The user and password for Redis, instead of those in the URI. Call after {@link #redis}.
     *
     * @param user null for the user in the URI, or the default user if the URI has none
     * @param password not null
     * @throws IllegalStateException if no address of Redis was given before
     */
    public FreshetCacheBuilder credentials(String user, CharSequence password) {
        settings.credentials(user, password);
        return this;
    }

    /** For tests: connects over this instead of a network, to the in-memory Redis of {@code freshet-test}. */
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
     * The database that the loaders read. If the invalidator of the namespace works on another database, nothing is
     * read from the cache or stored in it. Default: the database that loaders report, see {@link Loaded#from}.
     */
    public FreshetCacheBuilder database(SourceDatabase database) {
        settings.database(database.id());
        return this;
    }

    /** How long Redis keeps a value at most, before jitter. Default: 300 s. */
    public FreshetCacheBuilder ttl(Duration ttl) {
        settings.ttl(ttl);
        return this;
    }

    /** How long Redis keeps the answer "does not exist" at most, before jitter. Default: 30 s. */
    public FreshetCacheBuilder absentTtl(Duration ttl) {
        settings.absentTtl(ttl);
        return this;
    }

    /** The share by which each time to live varies at random, up or down; at least 0, less than 1. Default: 0.1. */
    public FreshetCacheBuilder ttlJitter(double share) {
        settings.ttlJitter(share);
        return this;
    }

    /** Values larger than this, written as JSON, are returned but not stored. Default: 1 MiB. */
    public FreshetCacheBuilder maxValueBytes(int bytes) {
        settings.maxValueBytes(bytes);
        return this;
    }

    /** How long one Redis command may take; after that the loader answers. Default: 500 ms. */
    public FreshetCacheBuilder commandTimeout(Duration timeout) {
        settings.commandTimeout(timeout);
        return this;
    }

    /** How long Redis is left alone after three timeouts in a row. Default: 1 s. */
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
     * Limits how many loads run at a time. A read that needs another load waits for a place, and fails with {@link
     * TooManyLoadsException} if it gets none in time. This protects the database while Redis is down. A loader that
     * reads other keys of the cache may need a place for each of them. Default: no limit.
     *
     * @param loads the most loads at a time in this process; at least 1
     * @param patience how long a read waits for a place; may be zero
     */
    public FreshetCacheBuilder maxLoads(int loads, Duration patience) {
        settings.maxLoads(loads, patience);
        return this;
    }

    /**
     * Also keeps entries in the memory of this process. Redis reports changes to them. So after an entry was evicted
     * from Redis, memory may hold its old value until that report arrives, but never longer than {@link #nearMaxAge}.
     * Default: off.
     *
     * @param bytes the most memory to use, approximately; 0 turns it off
     */
    public FreshetCacheBuilder nearCache(long bytes) {
        settings.nearCache(bytes);
        return this;
    }

    /**
     * Memory answers reads at level eventual only if it was proved, at most this long ago, to have received every
     * change. Default: 1 s.
     */
    public FreshetCacheBuilder nearMaxAge(Duration age) {
        settings.nearMaxAge(age);
        return this;
    }

    /** Like {@link #nearMaxAge}, but while Redis does not answer. After that the loader answers. Default: 5 s. */
    public FreshetCacheBuilder outageMaxAge(Duration age) {
        settings.outageMaxAge(age);
        return this;
    }

    /**
     * If a load fails, a read at level eventual returns the last value that this process got, as {@link
     * CacheStatus#STALE}, instead of throwing what the loader threw. That value was a valid answer at level eventual no
     * longer ago than the given time. Other levels fail as before. Default: off.
     *
     * @param most how far out of date a value may be, such as a minute; at most a day
     * @param bytes the most memory to use, approximately; at least 1
     */
    public FreshetCacheBuilder failSafe(Duration most, long bytes) {
        settings.failSafe(most, bytes);
        return this;
    }

    /**
     * Lets only one of all processes load a value that is not cached. Redis grants a lease with the miss; the process
     * that gets it loads, and the others wait for the value. The lease is returned when the load ends, and expires if
     * the process dies. A read waits for at most two leases and then loads the value itself. Processes without this
     * setting do not wait, and others do not wait for them. Default: off.
     *
     * @param most about the longest time that one load takes, from 100 ms to a minute. If a process dies during a load,
     *     readers of that value are delayed for this long
     */
    public FreshetCacheBuilder leases(Duration most) {
        settings.leases(most);
        return this;
    }

    /**
     * Reloads hot keys as soon as they are evicted, before the next read. Only one of all processes loads a key.
     * Loaders then also run in threads of the cache. Needs a {@link #nearCache}. Default: off.
     *
     * @param loadsPerSecond the most such loads per second in this process; 0 turns warming off
     * @param concurrent the most such loads at a time in this process; at least 1
     */
    public FreshetCacheBuilder warming(int loadsPerSecond, int concurrent) {
        settings.warming(loadsPerSecond, concurrent);
        return this;
    }

    /**
     * Runs the loaders of asynchronous reads. Its threads may be blocked, so use one made for that, such as an executor
     * of virtual threads. Default: up to 64 threads of the cache, which end when they are idle; further loads wait.
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
     * Connects and returns the cache. If Redis does not answer within two seconds, or the thread is interrupted during
     * that time, the cache is returned anyway and connects as soon as it can. An interrupted thread stays interrupted.
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
