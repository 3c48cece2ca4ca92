// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import dev.freshet.context.ContextId;
import dev.freshet.context.ContextPaths;
import dev.freshet.context.Level;
import dev.freshet.support.http.auth.BearerAuth;
import dev.freshet.support.http.problem.ApiException;
import dev.freshet.support.http.request.Parameters;
import dev.freshet.writer.command.Precondition;
import io.javalin.http.Context;
import java.util.HashSet;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads paths, queries and headers. */
final class RequestParameters {
    private static final Pattern ETAG = Pattern.compile("\"([0-9]{1,19})\"");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private RequestParameters() {}

    static Optional<Long> at(Context request) {
        return Optional.ofNullable(request.queryParam("at"))
                .map(text -> Parameters.number("at", text, 0, Long.MAX_VALUE));
    }

    /** Reads {@code If-Match} and, where a context may be created, {@code If-None-Match: *}. */
    static Precondition precondition(Context request, boolean mayCreate) {
        var match = request.header("If-Match");
        var noneMatch = request.header("If-None-Match");
        if (match != null && noneMatch != null) {
            throw ApiException.badRequest("If-None-Match", "cannot be combined with If-Match; expected one of them");
        }
        if (noneMatch != null) {
            if (!mayCreate || !noneMatch.strip().equals("*")) {
                throw ApiException.badRequest(
                        "If-None-Match",
                        "is '" + Fields.shown(noneMatch) + "'; "
                                + (mayCreate ? "expected *" : "only PUT /v1/global takes it"));
            }
            return Precondition.ABSENT;
        }
        return match == null ? Precondition.NONE : versions(match.strip());
    }

    /** For requests that cannot honour a condition: they are rejected rather than run without it. */
    static void noPrecondition(Context request, String instead) {
        for (var header : new String[] {"If-Match", "If-None-Match"}) {
            if (request.header(header) != null) {
                throw ApiException.badRequest(header, "is not for this request; " + instead);
            }
        }
    }

    private static Precondition versions(String match) {
        if (match.equals("*")) {
            return Precondition.EXISTS;
        }
        var versions = new HashSet<Long>();
        for (var part : match.split(",", -1)) {
            var tag = ETAG.matcher(part.strip());
            if (!tag.matches()) {
                throw ApiException.badRequest(
                        "If-Match", "is '" + Fields.shown(match) + "'; expected an ETag such as \"3\", or *");
            }
            versions.add(Parameters.number("If-Match", tag.group(1), 0, Long.MAX_VALUE));
        }
        return Precondition.versions(versions);
    }

    /** The context of a level that the path names; for the global level, that of the requesting user. */
    static ContextId context(Level level, Context request) {
        return ContextPaths.named(level, BearerAuth.userOf(request), () -> Parameters.id(request));
    }

    static Optional<String> idempotencyKey(Context request) {
        var key = request.header("Idempotency-Key");
        if (key != null && !KEY.matcher(key).matches()) {
            throw ApiException.badRequest("Idempotency-Key", "expected 1 to 200 visible ASCII characters");
        }
        return Optional.ofNullable(key);
    }
}
