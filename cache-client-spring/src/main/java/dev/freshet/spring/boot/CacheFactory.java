// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.boot;

import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.FreshetCacheBuilder;
import dev.freshet.spring.FreshetSetupException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/** Builds the cache by the properties. */
final class CacheFactory {
    private final FreshetProperties properties;
    private final Environment environment;

    CacheFactory(FreshetProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    FreshetCache build(String namespace, MeterRegistry meters) {
        var builder = FreshetCache.builder();
        set("freshet.redis", () -> address(builder));
        set("freshet.namespace", () -> builder.namespace(namespace));
        set("freshet.ttl", () -> builder.ttl(properties.ttl()));
        set("freshet.absent-ttl", () -> builder.absentTtl(properties.absentTtl()));
        set("freshet.ttl-jitter", () -> builder.ttlJitter(properties.ttlJitter()));
        set("freshet.max-value-size", () -> builder.maxValueBytes(bytes(properties.maxValueSize())));
        set("freshet.command-timeout", () -> builder.commandTimeout(properties.commandTimeout()));
        if (properties.maxLoads() != 0) {
            set("freshet.max-loads", () -> builder.maxLoads(properties.maxLoads(), properties.maxLoadsWait()));
        }
        set(
                "freshet.near",
                () -> builder.nearCache(properties.near().size().toBytes())
                        .nearMaxAge(properties.near().maxAge())
                        .outageMaxAge(properties.near().outageMaxAge()));
        set(
                "freshet.warming",
                () -> builder.warming(
                        properties.warming().loadsPerSecond(),
                        properties.warming().concurrent()));
        if (!properties.leases().isZero()) {
            set("freshet.leases", () -> builder.leases(properties.leases()));
        }
        var failSafe = properties.failSafe();
        if (!failSafe.maxAge().isZero()) {
            set(
                    "freshet.fail-safe",
                    () -> builder.failSafe(failSafe.maxAge(), failSafe.size().toBytes()));
        }
        builder.clientName(environment
                .getProperty("spring.application.name", "freshet-cache")
                .replace(' ', '-'));
        if (meters != null) {
            builder.meters(meters);
        }
        try {
            return builder.build();
        } catch (IllegalStateException e) {
            throw wrong("freshet", e);
        }
    }

    private FreshetCacheBuilder address(FreshetCacheBuilder builder) {
        var redis = properties.redis();
        String url = redis.url() == null ? ofSpring() : redis.url();
        if (redis.username() != null && redis.password() == null) {
            throw new IllegalArgumentException("freshet.redis.username is set without freshet.redis.password");
        }
        builder.redis(url);
        return redis.password() == null ? builder : builder.credentials(redis.username(), redis.password());
    }

    /** The server of Spring Data Redis, which many applications name already. */
    private String ofSpring() {
        String url = environment.getProperty("spring.data.redis.url");
        if (StringUtils.hasText(url)) {
            return url;
        }
        String host = environment.getProperty("spring.data.redis.host");
        if (!StringUtils.hasText(host)) {
            throw new FreshetSetupException(
                    "Nothing says where Redis is.", "Set freshet.redis.url, such as redis://localhost:6379.");
        }
        if (StringUtils.hasText(environment.getProperty("spring.data.redis.password"))
                || environment.getProperty("spring.data.redis.ssl.enabled", boolean.class, false)) {
            throw new FreshetSetupException(
                    "spring.data.redis says where Redis is, and has a password or TLS, which Freshet does not take from there.",
                    "Set freshet.redis.url, such as rediss://user@host:6379, and freshet.redis.password.");
        }
        return "redis://" + host + ":" + environment.getProperty("spring.data.redis.port", "6379");
    }

    private static int bytes(DataSize size) {
        return Math.toIntExact(Math.min(size.toBytes(), Integer.MAX_VALUE));
    }

    private static void set(String property, Supplier<FreshetCacheBuilder> setting) {
        try {
            setting.get();
        } catch (IllegalArgumentException e) {
            throw wrong(property, e);
        }
    }

    private static FreshetSetupException wrong(String property, RuntimeException e) {
        return new FreshetSetupException(
                "A property is wrong, at " + property + ": " + e.getMessage() + ".",
                "Change it as the message says.",
                e);
    }
}
