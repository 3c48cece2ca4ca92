// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.operations;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures and logs each request by its route. Paths, queries and bodies are not recorded, because they contain ids and
 * values.
 */
public final class RequestRecorder {
    private static final Logger LOG = LoggerFactory.getLogger("dev.freshet.request");

    private final MeterRegistry registry;

    public RequestRecorder(MeterRegistry registry) {
        this.registry = registry;
    }

    public void record(Context request, float millis) {
        var endpoint = request.endpoints().lastHttpEndpoint();
        var route = endpoint == null ? "none" : endpoint.path;
        // Clients may invent methods, so only the common ones become labels.
        var method = HandlerType.commonHttp().contains(request.method())
                ? request.method().name()
                : "OTHER";
        Timer.builder("freshet.http.requests")
                .description("Time to answer a request")
                .tag("method", method)
                .tag("route", route)
                .tag("status", Integer.toString(request.statusCode()))
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry)
                .record(Duration.ofNanos((long) (millis * 1_000_000)));
        LOG.debug("{} {} {} {} ms", method, route, request.statusCode(), millis);
    }
}
