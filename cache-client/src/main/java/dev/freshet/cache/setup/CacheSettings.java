// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.setup;

import dev.freshet.cache.flight.LoadLimit;
import dev.freshet.cache.store.LoaderDatabase;
import dev.freshet.cache.warming.WarmingSettings;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.wire.Wire;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * The settings of a cache: their defaults, and what each may be. What they mean is told by the public builder, whose methods
 * have the same names. Not thread-safe.
 */
public final class CacheSettings {
    private static final int HOT_READS = 8;
    private static final int HOT_KEYS = 1000;
    private static final Duration LEAST_LEASE = Duration.ofMillis(100);
    private static final Duration MOST_LEASE = Duration.ofMinutes(1);
    private static final Duration MOST_FAIL_SAFE = Duration.ofDays(1);

    RedisAddress redis;
    Wire wire;
    LoaderDatabase.Id database;
    CacheKeys keys;
    Duration ttl = Duration.ofSeconds(300);
    Duration absentTtl = Duration.ofSeconds(30);
    double ttlJitter = 0.1;
    int maxValueBytes = 1 << 20;
    Duration commandTimeout = Duration.ofMillis(500);
    Duration breakerPause = Duration.ofSeconds(1);
    Duration fenceLifetime = CacheKeys.FENCE_LIFETIME;
    String clientName = "freshet-cache";
    MeterRegistry meters = new CompositeMeterRegistry();
    LoadLimit loadLimit = LoadLimit.NONE;
    long nearBytes;
    Duration nearTtl = Duration.ofSeconds(30);
    Duration nearMaxAge = Duration.ofSeconds(1);
    /** Null: by {@link #nearMaxAge}. */
    Duration nearInterval;

    Duration outageMaxAge = Duration.ofSeconds(5);
    /** Null: off. */
    Duration failSafe;

    long failSafeBytes;
    /** Null: off. */
    Duration lease;
    /** Null: off. */
    WarmingSettings warming;
    /** Null: threads of the cache. */
    Executor executor;

    public void redis(RedisAddress address) {
        this.redis = address;
    }

    public void credentials(String user, CharSequence password) {
        if (redis == null) {
            throw new IllegalStateException(
                    "credentials go with an address of Redis: call redis(\"redis://host:6379\") before credentials");
        }
        this.redis = redis.as(user, Objects.requireNonNull(password, "password"));
    }

    public void wire(Wire wire) {
        this.wire = Objects.requireNonNull(wire, "wire");
        this.redis = RedisAddress.parse("redis://in-memory");
    }

    public void namespace(String namespace) {
        this.keys = new CacheKeys(namespace);
    }

    public void database(LoaderDatabase.Id database) {
        this.database = database;
    }

    public void ttl(Duration ttl) {
        this.ttl = positive("ttl", ttl);
    }

    public void absentTtl(Duration ttl) {
        this.absentTtl = positive("absentTtl", ttl);
    }

    public void ttlJitter(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "ttlJitter " + share + " is not in [0, 1): expected a share of the time to live, such as 0.1");
        }
        this.ttlJitter = share;
    }

    public void maxValueBytes(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException(
                    "maxValueBytes " + bytes + " is not positive: expected a number of bytes," + " such as 1 << 20");
        }
        this.maxValueBytes = bytes;
    }

    public void commandTimeout(Duration timeout) {
        this.commandTimeout = positive("commandTimeout", timeout);
    }

    public void breakerPause(Duration pause) {
        this.breakerPause = positive("breakerPause", pause);
    }

    public void clientName(String name) {
        this.clientName = Objects.requireNonNull(name, "name");
    }

    public void meters(MeterRegistry registry) {
        this.meters = Objects.requireNonNull(registry, "registry");
    }

    public void maxLoads(int loads, Duration patience) {
        if (loads < 1) {
            throw new IllegalArgumentException("maxLoads " + loads + " is not positive: expected how many loads your"
                    + " database can take at a time; without a limit, do not call maxLoads");
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException(
                    "patience " + patience + " is negative: expected how long a load may wait for a place, or zero");
        }
        this.loadLimit = new LoadLimit(loads, patience);
    }

    public void nearCache(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "nearCache " + bytes + " is negative: expected a number of bytes, such as 64 << 20, or 0 for none");
        }
        this.nearBytes = bytes;
    }

    public void nearMaxAge(Duration age) {
        this.nearMaxAge = positive("nearMaxAge", age);
    }

    public void outageMaxAge(Duration age) {
        this.outageMaxAge = positive("outageMaxAge", age);
    }

    public void nearTtl(Duration ttl) {
        this.nearTtl = ttl;
    }

    public void nearInterval(Duration interval) {
        this.nearInterval = interval;
    }

    public void failSafe(Duration most, long bytes) {
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
    }

    public void leases(Duration most) {
        if (most.compareTo(LEAST_LEASE) < 0 || most.compareTo(MOST_LEASE) > 0) {
            throw new IllegalArgumentException(
                    "leases of " + most + " are not from 100 ms to 1 minute: expected about the"
                            + " longest time that one load takes, such as Duration.ofSeconds(2); without leases, do not call leases");
        }
        this.lease = most;
    }

    public void warming(int loadsPerSecond, int concurrent) {
        if (loadsPerSecond < 0 || concurrent < 1) {
            throw new IllegalArgumentException("warming with " + loadsPerSecond + " loads a second, " + concurrent
                    + " at a time: expected 0 or more a second, and 1 or more at a time, such as warming(50, 2)");
        }
        this.warming =
                loadsPerSecond == 0 ? null : new WarmingSettings(loadsPerSecond, concurrent, HOT_READS, HOT_KEYS);
    }

    public void executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    public void fenceLifetime(Duration lifetime) {
        this.fenceLifetime = positive("fenceLifetime", lifetime);
    }

    /** @throws IllegalStateException if something required is missing, or settings contradict each other */
    void check() {
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

    private static Duration positive(String what, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException(what + " " + duration
                    + " is not at least 1 ms: expected a duration such as Duration.ofSeconds(30)");
        }
        return duration;
    }
}
