// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import dev.freshet.support.http.problem.ApiException;
import dev.freshet.support.http.problem.FieldError;
import dev.freshet.support.http.problem.Problem;
import dev.freshet.writer.command.Refusal;
import dev.freshet.writer.db.UnavailableException;
import dev.freshet.writer.store.KeyReusedException;
import dev.freshet.writer.store.UnreadableEventException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns refused commands and failures into HTTP problems. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static ApiException of(KeyReusedException failure) {
        return new ApiException(
                Problem.of(422, "idempotency-key-reused", "Idempotency key reused", failure.getMessage())
                        .withErrors(List.of(new FieldError("Idempotency-Key", "was used for another request before"))));
    }

    static ApiException of(UnavailableException failure) {
        return ApiException.unavailable(failure.getMessage(), Duration.ofSeconds(1));
    }

    /** The position is part of the problem, so that a client can continue after the event. */
    static ApiException of(UnreadableEventException failure) {
        LOG.error("the event log cannot be served", failure);
        return new ApiException(Problem.of(500, "unreadable-event", "Unreadable event", failure.getMessage())
                .withFact("position", failure.position()));
    }

    /** For a request for one context. */
    static Problem one(Refusal refusal) {
        boolean version = refusal.kind() == Refusal.Kind.VERSION_CONFLICT;
        return plain(refusal)
                .withErrors(List.of(new FieldError(version ? "If-Match" : refusal.field(), refusal.getMessage())));
    }

    /** For a bulk request: names the operation. */
    static Problem bulk(Refusal refusal) {
        if (refusal.operation() < 0) {
            return plain(refusal).withErrors(List.of(new FieldError(refusal.field(), refusal.getMessage())));
        }
        var field = "operations[" + refusal.operation() + "]." + refusal.field();
        return plain(refusal)
                .withErrors(List.of(new FieldError(field, refusal.getMessage())))
                .withFact("operation", refusal.operation());
    }

    private static Problem plain(Refusal refusal) {
        var detail = refusal.getMessage();
        return switch (refusal.kind()) {
            case NOT_FOUND -> Problem.of(404, detail);
            case BAD_VALUE -> Problem.of(400, detail);
            case TOO_LARGE -> Problem.of(413, refusal.field() + " " + detail);
            case VERSION_CONFLICT -> {
                var problem = Problem.of(412, "version-conflict", "Version conflict", detail);
                yield refusal.standingVersion() == null
                        ? problem
                        : problem.withFact("version", refusal.standingVersion());
            }
        };
    }
}
