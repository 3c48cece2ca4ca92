// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.boot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

/**
 * Settings of Freshet caches.
 *
 * @param enabled whether Freshet caches are set up at all
 * @param namespace the namespace of the invalidator's mapping; needed only without a mapping
 * @param mapping the invalidator's mapping, such as classpath:mapping.yaml. With it, each cache is checked at the start
 * @param redis where Redis is
 * @param consistency the default level of reads: eventual, bounded; max-age=500ms, or strong
 * @param ttl how long a value is stored at most, before jitter
 * @param absentTtl how long the answer "does not exist" is stored at most, before jitter
 * @param ttlJitter the share by which each time to live varies
 * @param maxValueSize larger values are returned but not stored
 * @param commandTimeout how long one Redis command may take; after that the method is called
 * @param maxLoads the most loads at a time; 0 for no limit
 * @param maxLoadsWait how long a load waits for a place if the limit is reached
 * @param near values in the memory of this process
 * @param warming loads hot values before the next read
 * @param leases about the longest time that one load takes, from 100ms to 1m. For this long one process of all loads a
 *     value and the others wait; 0 for none
 * @param failSafe what is returned when loads fail
 * @param caches settings of single caches, by name
 * @param http positions in HTTP requests
 */
@ConfigurationProperties("freshet")
public record FreshetProperties(
        @DefaultValue("true") boolean enabled,
        String namespace,
        Resource mapping,
        @DefaultValue Redis redis,
        @DefaultValue("eventual") String consistency,
        @DefaultValue("300s") Duration ttl,
        @DefaultValue("30s") Duration absentTtl,
        @DefaultValue("0.1") double ttlJitter,
        @DefaultValue("1MB") DataSize maxValueSize,
        @DefaultValue("500ms") Duration commandTimeout,
        @DefaultValue("0") int maxLoads,
        @DefaultValue("1s") Duration maxLoadsWait,
        @DefaultValue Near near,
        @DefaultValue Warming warming,
        @DefaultValue("0s") Duration leases,
        @DefaultValue FailSafe failSafe,
        @DefaultValue Map<String, One> caches,
        @DefaultValue Http http) {

    /**
     * Where Redis is.
     *
     * @param url such as redis://host:6379, rediss:// for TLS, redis-sentinel:// or redis-cluster://. Default: spring.data.redis
     * @param username used instead of the one in the URL
     * @param password used instead of the one in the URL
     */
    public record Redis(String url, String username, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Redis";
        }
    }

    /**
     * Values in the memory of this process.
     *
     * @param size the most memory to use; 0 for none
     * @param maxAge memory answers level eventual only if it was proved to be up to date at most this long ago
     * @param outageMaxAge the same limit while Redis does not answer
     */
    public record Near(
            @DefaultValue("0B") DataSize size,
            @DefaultValue("1s") Duration maxAge,
            @DefaultValue("5s") Duration outageMaxAge) {}

    /**
     * Loads hot values before the next read, in threads of the cache. Needs freshet.near.size.
     *
     * @param loadsPerSecond the most such loads per second; 0 for none
     * @param concurrent the most such loads at a time
     */
    public record Warming(
            @DefaultValue("0") int loadsPerSecond,
            @DefaultValue("2") int concurrent) {}

    /**
     * What a read at level eventual returns when its load fails: the last value that this process got.
     *
     * @param maxAge how far out of date that value may be at most; 0 to throw the exception instead
     * @param size the most memory for such values
     */
    public record FailSafe(
            @DefaultValue("0s") Duration maxAge,
            @DefaultValue("16MB") DataSize size) {}

    /**
     * One cache.
     *
     * @param entity the entity of the mapping whose rows are cached
     * @param listOf the entity whose rows below each of these rows are listed
     * @param id the parameters that are the row's id. Default: all except the owner
     * @param owner the parameter that is the row's owner
     * @param consistency the level of reads: eventual, bounded; max-age=500ms, or strong
     * @param format the number of the shape of values; increase it when the shape changes
     */
    public record One(
            String entity,
            String listOf,
            List<String> id,
            String owner,
            String consistency,
            @DefaultValue("1") int format) {}

    /**
     * Positions in HTTP requests.
     *
     * @param enabled whether requests and responses carry Freshet-Position
     */
    public record Http(@DefaultValue("true") boolean enabled) {}
}
