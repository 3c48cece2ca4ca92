// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.support.http.auth.Access;
import dev.freshet.support.http.auth.Tokens;
import dev.freshet.support.http.openapi.OpenApi;
import dev.freshet.support.http.operations.ReadinessCheck;
import io.javalin.config.RoutesConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Consumer;

/**
 * The settings that differ between services.
 *
 * @param process the name in the start line: {@code writer}, {@code reader}
 * @param port 0 for any free port
 * @param routes registers the service's own routes; they need a token unless they have the role {@link Access#OPEN}
 */
public record HttpServiceConfig(
        String process,
        String host,
        int port,
        Tokens tokens,
        ObjectMapper json,
        PrometheusMeterRegistry metrics,
        List<ReadinessCheck> readiness,
        OpenApi openApi,
        Consumer<RoutesConfig> routes) {
    public HttpServiceConfig {
        readiness = List.copyOf(readiness);
    }
}
