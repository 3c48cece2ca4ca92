// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.operations;

import dev.freshet.support.http.auth.Access;
import dev.freshet.support.http.openapi.OpenApi;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;

/** Routes for operators: {@code /livez}, {@code /readyz}, {@code /metrics}, {@code /openapi}. */
public final class OperationsRoutes {
    private final Readiness readiness;
    private final PrometheusMeterRegistry metrics;
    private final OpenApi openApi;

    public OperationsRoutes(List<ReadinessCheck> checks, PrometheusMeterRegistry metrics, OpenApi openApi) {
        this.readiness = new Readiness(checks, System::nanoTime);
        this.metrics = metrics;
        this.openApi = openApi;
    }

    /** Adds the routes. They need no token. */
    public void register(RoutesConfig routes) {
        routes.get("/livez", this::live, Access.OPEN);
        routes.get("/readyz", this::ready, Access.OPEN);
        routes.get("/metrics", this::metrics, Access.OPEN);
        routes.get("/openapi", this::openApi, Access.OPEN);
    }

    private void live(Context request) {
        request.contentType("text/plain; charset=utf-8").result("ok\n");
    }

    private void ready(Context request) {
        var state = readiness.state();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("ready", state.ready());
        if (request.queryParam("verbose") != null) {
            answer.put("checks", state.parts());
        }
        request.status(state.ready() ? 200 : 503).json(answer);
    }

    private void metrics(Context request) {
        request.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
    }

    private void openApi(Context request) {
        request.contentType("application/yaml; charset=utf-8").result(openApi.yaml());
    }
}
