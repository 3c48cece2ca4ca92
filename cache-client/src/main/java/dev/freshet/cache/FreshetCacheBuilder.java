// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

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
import dev.freshet.cache.warming.WarmingSettings;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.wire.Wire;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds a {@link FreshetCache}. Not thread-safe. Every method except {@link #build()} returns the builder itself. */
public final class FreshetCacheBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(FreshetCacheBuilder.class);
    private static final int BREAKER_THRESHOLD = 3;
    private static final int HOT_READS = 8;
    private static final int HOT_KEYS = 1000;

    private static final Duration LEAST_LEASE = Duration.ofMillis(100);
    private static final Duration MOST_FAIL_SAFE = Duration.ofDays(1);
    private static final Duration MOST_LEASE = Duration.ofMinutes(1);
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(2);

    private RedisAddress redis;
    private Wire wire;
    private SourceDatabase database;
    private CacheKeys keys;
    private Duration ttl = Duration.ofSeconds(300);
    private Duration absentTtl = Duration.ofSeconds(30);
    private double ttlJitter = 0.1;
    private int maxValueBytes = 1 << 20;
    private Duration commandTimeout = Duration.ofMillis(500);
    private Duration breakerPause = Duration.ofSeconds(1);
    private Duration connectPatience = Duration.ofSeconds(2);
    private Duration fenceLifetime = CacheKeys.FENCE_LIFETIME;
    private int requestQueueSize = 10_000;
    private String clientName = "freshet-cache";
    private MeterRegistry meters = new CompositeMeterRegistry();
    private LoadLimit loadLimit = LoadLimit.NONE;
    private long nearBytes;
    private Duration nearTtl = Duration.ofSeconds(30);
    private Duration nearMaxAge = Duration.ofSeconds(1);
    private Duration nearInterval;
    private Duration outageMaxAge = Duration.ofSeconds(5);
    private Duration failSafe;
    private long failSafeBytes;
    private Duration lease;
    private WarmingSettings warming;
    private Executor executor;

    FreshetCacheBuilder() {}

    /**
     * The address of Redis: {@code redis://[user[:password]@]host[:port][/database]}, or {@code rediss://} for TLS. For
     * Sentinel and Cluster see {@link RedisAddress#parse}. Required.
     *
     * @throws IllegalArgumentException if it is not such a URI
     */
    public FreshetCacheBuilder redis(String uri) {
        this.redis = RedisAddress.parse(uri);
        return this;
    }

    /**
     * The address of Redis, and a password from elsewhere for the user in the URI.
     *
     * @param password takes precedence over the URI's; null: as in the URI
     * @throws IllegalArgumentException if it is not such a URI, or if it names a user and there is no password
     */
    public FreshetCacheBuilder redis(String uri, CharSequence password) {
        this.redis = RedisAddress.of(uri, password);
        return this;
    }

    /**
     * The user and password for Redis, in place of those in the URI. Call after {@link #redis}.
     *
     * @param user null: the user in the URI, or else the default user
     */
    public FreshetCacheBuilder credentials(String user, CharSequence password) {
        if (redis == null) {
            throw new IllegalStateException(
                    "credentials go with an address of Redis: call redis(\"redis://host:6379\") before credentials");
        }
        this.redis = redis.as(user, Objects.requireNonNull(password, "password"));
        return this;
    }

    /** Connects over this in place of a network: to the Redis in memory of {@code freshet-test}, in tests. */
    public FreshetCacheBuilder over(Wire wire) {
        this.wire = Objects.requireNonNull(wire, "wire");
        this.redis = RedisAddress.parse("redis://in-memory");
        return this;
    }

    /** The namespace of the invalidator's mapping, such as {@code ctx}. Required. */
    public FreshetCacheBuilder namespace(String namespace) {
        this.keys = new CacheKeys(namespace);
        return this;
    }

    /**
     * The database that the loaders read. If the invalidator of the namespace works on another one, nothing is read
     * from the cache or stored in it. Default: the database that loaders report, see {@link Loaded#from}.
     */
    public FreshetCacheBuilder database(SourceDatabase database) {
        this.database = Objects.requireNonNull(database, "database");
        return this;
    }

    /** How long a value is kept at most, before jitter. Default: 300 s. */
    public FreshetCacheBuilder ttl(Duration ttl) {
        this.ttl = positive("ttl", ttl);
        return this;
    }

    /** How long "does not exist" is kept at most, before jitter. Default: 30 s. */
    public FreshetCacheBuilder absentTtl(Duration ttl) {
        this.absentTtl = positive("absentTtl", ttl);
        return this;
    }

    /** Share of the time to live by which it varies, up or down; at least 0 and less than 1. Default: 0.1. */
    public FreshetCacheBuilder ttlJitter(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "ttlJitter " + share + " is not in [0, 1): expected a share of the time to live, such as 0.1");
        }
        this.ttlJitter = share;
        return this;
    }

    /** Values larger than this are returned but not stored. Default: 1 MiB. */
    public FreshetCacheBuilder maxValueBytes(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException(
                    "maxValueBytes " + bytes + " is not positive: expected a number of bytes," + " such as 1 << 20");
        }
        this.maxValueBytes = bytes;
        return this;
    }

    /** How long one Redis command may take; after that the loader answers. Default: 500 ms. */
    public FreshetCacheBuilder commandTimeout(Duration timeout) {
        this.commandTimeout = positive("commandTimeout", timeout);
        return this;
    }

    /** How long Redis is not asked after three timeouts in a row. Default: 1 s. */
    public FreshetCacheBuilder breakerPause(Duration pause) {
        this.breakerPause = positive("breakerPause", pause);
        return this;
    }

    /** The name of the connection in {@code CLIENT LIST}. Default: {@code freshet-cache}. */
    public FreshetCacheBuilder clientName(String name) {
        this.clientName = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Where to record reads, refused fills, and the time that loads and Redis take. Default: nowhere. */
    public FreshetCacheBuilder meters(MeterRegistry registry) {
        this.meters = Objects.requireNonNull(registry, "registry");
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
        if (loads < 1) {
            throw new IllegalArgumentException("maxLoads " + loads + " is not positive: expected how many loads your"
                    + " database can take at a time; without a limit, do not call maxLoads");
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException(
                    "patience " + patience + " is negative: expected how long a load may wait for a place, or zero");
        }
        this.loadLimit = new LoadLimit(loads, patience);
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
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "nearCache " + bytes + " is negative: expected a number of bytes, such as 64 << 20, or 0 for none");
        }
        this.nearBytes = bytes;
        return this;
    }

    /**
     * Memory answers reads at level eventual only if it was proved, at most this long ago, to have heard of every
     * change. Default: 1 s.
     */
    public FreshetCacheBuilder nearMaxAge(Duration age) {
        this.nearMaxAge = positive("nearMaxAge", age);
        return this;
    }

    /** The same limit while Redis does not answer; beyond it the loader answers. Default: 5 s. */
    public FreshetCacheBuilder outageMaxAge(Duration age) {
        this.outageMaxAge = positive("outageMaxAge", age);
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
        positive("failSafe", most);
        if (most.compareTo(MOST_FAIL_SAFE) > 0) {
            throw new IllegalArgumentException(
                    "failSafe " + most + " is more than a day: expected how far out of date a value"
                            + " may be while loads fail, such as Duration.ofMinutes(1)");
        }
        if (bytes < 1) {
            throw new IllegalArgumentException(
                    "failSafe in " + bytes + " bytes keeps nothing: expected a number of bytes, such as"
                            + " 16 << 20; to fail with the loader, do not call failSafe");
        }
        this.failSafe = most;
        this.failSafeBytes = bytes;
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
        if (most.compareTo(LEAST_LEASE) < 0 || most.compareTo(MOST_LEASE) > 0) {
            throw new IllegalArgumentException(
                    "leases of " + most + " are not from 100 ms to 1 minute: expected about the"
                            + " longest time that one load takes, such as Duration.ofSeconds(2); without leases, do not call leases");
        }
        this.lease = most;
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
        if (loadsPerSecond < 0 || concurrent < 1) {
            throw new IllegalArgumentException("warming with " + loadsPerSecond + " loads a second, " + concurrent
                    + " at a time: expected 0 or more a second, and 1 or more at a time, such as warming(50, 2)");
        }
        this.warming =
                loadsPerSecond == 0 ? null : new WarmingSettings(loadsPerSecond, concurrent, HOT_READS, HOT_KEYS);
        return this;
    }

    /**
     * Where loaders of asynchronous reads run. Give one that may block, such as one of virtual threads. Default: up to 64
     * threads of the cache, which end when they are idle; more loads wait for one of them.
     */
    public FreshetCacheBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /** For tests. */
    FreshetCacheBuilder nearTtl(Duration ttl) {
        this.nearTtl = ttl;
        return this;
    }

    /** For tests: how often memory is proved to be up to date. */
    FreshetCacheBuilder nearInterval(Duration interval) {
        this.nearInterval = interval;
        return this;
    }

    /** For tests: the invalidator trims fences by {@link CacheKeys#FENCE_LIFETIME}. */
    FreshetCacheBuilder fenceLifetime(Duration lifetime) {
        this.fenceLifetime = positive("fenceLifetime", lifetime);
        return this;
    }

    /**
     * Connects and returns the cache. If Redis does not answer within two seconds, or the thread is interrupted
     * meanwhile, the cache is returned anyway and connects as soon as it can. The thread then stays interrupted.
     *
     * @throws IllegalStateException if something required is missing, or settings contradict each other
     */
    public FreshetCache build() {
        check();
        var metrics = new CacheMetrics(meters, CacheStatus.names());
        var breaker = new CircuitBreaker(BREAKER_THRESHOLD, breakerPause, System::nanoTime);
        var link = link(breaker::answered);
        var source = new LoaderDatabase();
        if (database != null) {
            source.set(database.id());
        }
        var near = nearBytes > 0 ? new TrackedNearCache(nearSettings(), link, keys, source, meters) : NearCache.NONE;
        var store = new RedisStore(link, breaker, keys, source, fenceLifetime, commandTimeout, meters);
        var filler = new Filler(new FillSettings(ttl, absentTtl, ttlJitter, maxValueBytes), store, source, metrics);
        var limit = loadLimit;
        var reads = new ReadThrough(
                store,
                filler,
                new LimitedLoads(limit, () -> new TooManyLoadsException(limit.most(), limit.patience()), metrics),
                source,
                near,
                kept(),
                lease,
                warming,
                metrics);
        var cache = new FreshetCache(
                link,
                store,
                breaker,
                reads,
                new TypedReads(
                        keys,
                        reads,
                        metrics,
                        executor == null ? LoadThreads.executor() : executor,
                        Consistency.eventual()));
        connect(link);
        return cache;
    }

    private RedisLink<String, byte[]> link(Runnable onConnected) {
        var settings = new LinkSettings(redis, clientName, HANDSHAKE_TIMEOUT, commandTimeout, requestQueueSize);
        var codec = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
        return wire == null
                ? new RedisLink<>(settings, codec, onConnected)
                : new RedisLink<>(settings, wire, codec, onConnected);
    }

    private void check() {
        var missing = new ArrayList<String>();
        if (redis == null) {
            missing.add("the address of Redis is missing: call redis(\"redis://host:6379\")");
        }
        if (keys == null) {
            missing.add(
                    "the namespace is missing: call namespace(\"ctx\") with the 'namespace' of the invalidator's mapping");
        }
        if (warming != null && nearBytes == 0) {
            missing.add("warming needs a near cache, which is told of evictions: call nearCache(64 << 20), or leave"
                    + " warming out");
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("the cache cannot be built: " + String.join("; ", missing));
        }
    }

    private void connect(RedisLink<?, ?> link) {
        try {
            if (!link.open(connectPatience)) {
                LOG.warn(
                        "Redis at {} has not answered for {} ms; continuing without a cache",
                        link,
                        connectPatience.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private KeptValues kept() {
        return failSafe == null
                ? KeptValues.NONE
                : new KeptValues(new KeptSettings(failSafe, failSafeBytes, nearMaxAge), System::nanoTime);
    }

    private NearSettings nearSettings() {
        var interval = nearInterval == null ? nearMaxAge.dividedBy(4) : nearInterval;
        return new NearSettings(nearBytes, nearTtl, nearMaxAge, outageMaxAge, interval);
    }

    private static Duration positive(String what, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException(what + " " + duration
                    + " is not at least 1 ms: expected a duration such as Duration.ofSeconds(30)");
        }
        return duration;
    }
}
