// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;

/** Routes for operators: {@code /livez}, {@code /readyz}, {@code /metrics}, {@code /openapi}. */
final class OperationsRoutes {
    private final Readiness readiness;
    private final PrometheusMeterRegistry metrics;
    private final OpenApi openApi;

    OperationsRoutes(Readiness readiness, PrometheusMeterRegistry metrics, OpenApi openApi) {
        this.readiness = readiness;
        this.metrics = metrics;
        this.openApi = openApi;
    }

    void live(Context request) {
        request.contentType("text/plain; charset=utf-8").result("ok\n");
    }

    void ready(Context request) {
        var state = readiness.state();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("ready", state.ready());
        if (request.queryParam("verbose") != null) {
            answer.put("checks", state.parts());
        }
        request.status(state.ready() ? 200 : 503).json(answer);
    }

    void metrics(Context request) {
        request.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
    }

    void openApi(Context request) {
        request.contentType("application/yaml; charset=utf-8").result(openApi.yaml());
    }
}
