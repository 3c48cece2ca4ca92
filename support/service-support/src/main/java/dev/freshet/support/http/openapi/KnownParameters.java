// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.openapi;

import dev.freshet.model.mapping.Hint;
import dev.freshet.support.http.problem.ApiException;
import dev.freshet.support.http.request.Parameters;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Map;
import java.util.Set;

/**
 * Rejects query parameters that the OpenAPI document does not list. Otherwise a misspelt one would be silently ignored.
 */
public final class KnownParameters {
    /** Exempt, because scrapers may add their own parameters. */
    private static final String METRICS = "GET /metrics";

    private final Map<String, Set<String>> known;

    public KnownParameters(OpenApi openApi) {
        this.known = openApi.queryParameters();
    }

    /** @throws ApiException 400 that names the first unknown parameter */
    public void check(Context request) {
        var endpoint = request.endpoints().matchedHttpEndpoint();
        if (endpoint == null) {
            return;
        }
        var method = endpoint.method.equals(HandlerType.HEAD) ? HandlerType.GET : endpoint.method;
        var operation = method.name() + " " + endpoint.path;
        var parameters = known.get(operation);
        if (parameters == null || operation.equals(METRICS)) {
            return;
        }
        for (var name : request.queryParamMap().keySet()) {
            if (!parameters.contains(name)) {
                throw ApiException.badRequest(
                        Parameters.shown(name), "is no parameter of this request; " + Hint.of(name, parameters));
            }
        }
    }
}
