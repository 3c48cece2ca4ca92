// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.FreshetCacheBuilder;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.http.HttpService;
import dev.freshet.support.http.HttpServiceConfig;
import dev.freshet.support.http.auth.Tokens;
import dev.freshet.support.http.openapi.OpenApi;
import dev.freshet.support.http.operations.Metrics;
import dev.freshet.support.http.operations.ReadinessCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The running query side: HTTP on top of the cache, and the cache on top of the database. Closing it stops accepting
 * requests first.
 */
final class ReaderService implements AutoCloseable {
    static final String OPENAPI = "/openapi/reader.yaml";
    private static final String NAMESPACE = "ctx";
    private static final int WARMING_AT_A_TIME = 2;

    private final Database database;
    private final FreshetCache cache;
    private final HttpService http;

    private ReaderService(Database database, FreshetCache cache, HttpService http) {
        this.database = database;
        this.cache = cache;
        this.http = http;
    }

    /** @throws ConfigException if a setting is missing or invalid */
    static ReaderService start(ReaderOptions options, Environment environment) throws InterruptedException {
        var tokens = Tokens.from(environment);
        var jdbc = options.jdbc.settings(environment);
        options.check();
        var port = options.http.port(ReaderOptions.DEFAULT_PORT);
        var builder = options.redis
                .settings(environment)
                .parsed((url, password) -> FreshetCache.builder().redis(url, password));
        var metrics = Metrics.registry();
        var cache = openCache(builder, options, metrics);
        var database = Database.open(jdbc, metrics);
        var readiness = List.of(
                ReadinessCheck.required("database", database::problem),
                ReadinessCheck.optional("isolation", database::isolationProblem),
                ReadinessCheck.optional(
                        "redis", () -> cache.isRedisAvailable() ? Optional.empty() : Optional.of("does not answer")),
                ReadinessCheck.optional("invalidator", cache::uncached));
        var http = HttpService.start(new HttpServiceConfig(
                "reader",
                options.http.host(),
                port,
                tokens,
                Json.MAPPER,
                metrics,
                readiness,
                OpenApi.fromClasspath(OPENAPI),
                new ReadRoutes(cache, database)::register));
        return new ReaderService(database, cache, http);
    }

    private static FreshetCache openCache(FreshetCacheBuilder builder, ReaderOptions options, MeterRegistry metrics) {
        return builder.namespace(NAMESPACE)
                .ttl(options.cacheTtl)
                .commandTimeout(options.redisTimeout)
                .nearCache((long) options.nearCache << 20)
                .warming(options.warming, WARMING_AT_A_TIME)
                // No load waits: a slow database must not take threads away from reads that the cache can answer.
                .maxLoads(Database.LOADS, Duration.ZERO)
                .clientName("freshet-reader")
                .meters(metrics)
                .build();
    }

    HttpService http() {
        return http;
    }

    /** Does not return: the process ends when it is told to stop. */
    void runUntilStopped() throws InterruptedException {
        http.serve(cache, database);
    }

    @Override
    public void close() {
        http.close();
        cache.close();
        database.close();
    }
}
