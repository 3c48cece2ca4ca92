// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.support.http.openapi.KnownPaths;
import dev.freshet.support.http.openapi.OpenApi;
import dev.freshet.support.http.problem.ApiException;
import dev.freshet.support.http.problem.Problem;
import dev.freshet.support.http.problem.Statuses;
import dev.freshet.support.http.request.BodyLimit;
import dev.freshet.support.http.request.Parameters;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns any failure of a request into a {@link Problem}. */
final class ProblemResponses {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);

    private final ObjectMapper json;

    private final KnownPaths paths;

    private ProblemResponses(ObjectMapper json, OpenApi openApi) {
        this.json = json;
        this.paths = new KnownPaths(openApi);
    }

    static void register(RoutesConfig routes, ObjectMapper json, OpenApi openApi) {
        var responses = new ProblemResponses(json, openApi);
        routes.exception(ApiException.class, responses::known);
        routes.exception(HttpResponseException.class, responses::javalins);
        routes.exception(Exception.class, responses::unexpected);
    }

    private void known(ApiException failure, Context request) {
        if (failure.problem().status() == 413) {
            BodyLimit.drain(request);
        }
        failure.headers().forEach(request::header);
        write(request, failure.problem());
    }

    private void javalins(HttpResponseException failure, Context request) {
        int status = failure.getStatus();
        if (status == 413) {
            known(ApiException.tooLarge(BodyLimit.of(request).bytes()), request);
            return;
        }
        var detail = Statuses.title(status);
        if (failure instanceof MethodNotAllowedResponse) {
            // Javalin gives the list only as text, "GET, PUT".
            var allowed = String.join(", ", failure.getDetails().values());
            request.header("Allow", allowed);
            detail = request.method().name() + " does nothing at '" + Parameters.shown(request.path()) + "'; expected "
                    + (allowed.contains(",") ? "one of " : "") + allowed;
        } else if (failure instanceof NotFoundResponse) {
            detail = paths.nothingAt(request.path());
        }
        write(request, Problem.of(status, detail));
    }

    /** Details go to the log only; the response contains a number to find them by. */
    private void unexpected(Exception failure, Context request) {
        var incident = UUID.randomUUID().toString();
        LOG.error("incident {}: {} failed", incident, request.endpoint().path, failure);
        write(request, Problem.of(500, "something went wrong on our side").withFact("incident", incident));
    }

    private void write(Context request, Problem problem) {
        try {
            request.status(problem.status())
                    .contentType(Problem.CONTENT_TYPE)
                    .result(json.writeValueAsBytes(problem.members()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem's facts must be plain JSON: " + problem.type(), e);
        }
    }
}
