// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.FreshetCacheBuilder;
import java.time.Duration;

/**
 * Makes the caches of a run, which all share one Redis.
 *
 * @param redis the address, for a user with all permissions
 * @param namespace of the mapping
 */
public record RaceCaches(String redis, String namespace) {
    /** How long a process loads for all. Shorter than some loads. */
    public static final Duration LEASE = Duration.ofMillis(500);

    /** Longer than any run, so an entry that disappears earlier was evicted. */
    private static final Duration TTL = Duration.ofHours(12);

    private static final int FAIL_SAFE_BYTES = 1 << 20;
    private static final int NEAR_BYTES = 1 << 20;
    private static final int WARM_LOADS_PER_SECOND = 50;
    private static final int WARM_LOADS_AT_A_TIME = 2;

    /** Longer than any load, however busy the machine is. */
    private static final Duration LONG_LEASE = Duration.ofMinutes(1);

    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(30);

    /** A cache that neither waits for loads of others nor keeps anything. */
    public FreshetCache plain(String name) {
        return builder(name).build();
    }

    /** A cache that takes leases, and keeps values for when loads fail. */
    public FreshetCache leasing(String name) {
        return leasingBuilder(name).build();
    }

    /** A cache that also keeps entries in memory, and loads hot ones anew when they change. */
    public FreshetCache warming(String name) {
        return leasingBuilder(name)
                .nearCache(NEAR_BYTES)
                .nearMaxAge(StalenessBound.NEAR)
                .outageMaxAge(StalenessBound.MEMORY)
                .warming(WARM_LOADS_PER_SECOND, WARM_LOADS_AT_A_TIME)
                .build();
    }

    /** A cache whose leases outlive every load, and which waits for Redis as long as it takes. */
    public FreshetCache patient(String name) {
        return builder(name).leases(LONG_LEASE).commandTimeout(LONG_TIMEOUT).build();
    }

    private FreshetCacheBuilder leasingBuilder(String name) {
        return builder(name).leases(LEASE).failSafe(StalenessBound.FAIL_SAFE, FAIL_SAFE_BYTES);
    }

    private FreshetCacheBuilder builder(String name) {
        return FreshetCache.builder()
                .redis(redis)
                .namespace(namespace)
                .ttl(TTL)
                .absentTtl(TTL)
                .clientName(name);
    }
}
