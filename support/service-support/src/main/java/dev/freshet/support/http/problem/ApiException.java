// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Ends a request with a {@link Problem}. Handlers throw it, and {@code HttpService} turns it into the response. */
public final class ApiException extends RuntimeException {
    private final transient Problem problem;
    private final transient Map<String, String> headers;

    /** @param headers additional response headers, such as {@code Retry-After} */
    public ApiException(Problem problem, Map<String, String> headers) {
        super(problem.status() + " " + problem.detail());
        this.problem = problem;
        this.headers = Map.copyOf(headers);
    }

    public ApiException(Problem problem) {
        this(problem, Map.of());
    }

    /** 400 for one field. */
    public static ApiException badRequest(String field, String reason) {
        return badRequest(List.of(new FieldError(field, reason)));
    }

    /** 400 that names each invalid field. */
    public static ApiException badRequest(List<FieldError> errors) {
        var first = errors.get(0);
        return new ApiException(
                Problem.of(400, first.field() + ": " + first.reason()).withErrors(errors));
    }

    /** 404. */
    public static ApiException notFound(String detail) {
        return new ApiException(Problem.of(404, detail));
    }

    /** 413: the request body is larger than the limit. */
    public static ApiException tooLarge(long limitBytes) {
        return new ApiException(Problem.of(413, "the request is larger than " + limitBytes + " bytes")
                .withErrors(List.of(new FieldError("body", "is larger than " + limitBytes + " bytes")))
                .withFact("limit", limitBytes));
    }

    /** 415: the body has the wrong content type. */
    public static ApiException unsupportedMediaType(String actual, String expected) {
        return new ApiException(
                Problem.of(415, "Content-Type is '" + actual + "'; expected " + expected),
                Map.of("Accept-Post", expected));
    }

    /** 503: a dependency does not respond. The request can be sent again later. */
    public static ApiException unavailable(String detail, Duration retryAfter) {
        return unavailable(detail, retryAfter, null);
    }

    /** 503 with its cause, which is not part of the response. */
    public static ApiException unavailable(String detail, Duration retryAfter, Throwable cause) {
        var seconds = Long.toString(Math.max(1, retryAfter.toSeconds()));
        var failure = new ApiException(Problem.of(503, detail), Map.of("Retry-After", seconds));
        failure.initCause(cause);
        return failure;
    }

    public Problem problem() {
        return problem;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
