// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import dev.freshet.model.context.ContextId;
import dev.freshet.model.context.Level;
import dev.freshet.support.http.ApiException;
import dev.freshet.support.http.BearerAuth;
import dev.freshet.writer.command.Precondition;
import io.javalin.http.Context;
import java.util.HashSet;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads paths, queries and headers. */
final class RequestParameters {
    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");
    private static final Pattern ETAG = Pattern.compile("\"([0-9]{1,19})\"");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private RequestParameters() {}

    /** The context that the path names. */
    static ContextId id(Level level, Context request) {
        if (level == Level.GLOBAL) {
            return ContextId.global(BearerAuth.userOf(request));
        }
        return ContextId.of(level, number("id", request.pathParam("id"), 1));
    }

    static int limit(Context request) {
        var text = request.queryParam("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        long limit = DIGITS.matcher(text).matches() && text.length() < 10 ? Long.parseLong(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiException.badRequest(
                    "limit", "is '" + Fields.shown(text) + "'; expected a whole number from 1 to " + MAX_LIMIT);
        }
        return (int) limit;
    }

    /** Where the page begins; 0 if nothing is said. */
    static long after(Context request) {
        var text = request.queryParam("after");
        return text == null ? 0 : number("after", text, 0);
    }

    static Optional<Long> at(Context request) {
        return Optional.ofNullable(request.queryParam("at")).map(text -> number("at", text, 0));
    }

    /** {@code If-Match} and, where a context may be made, {@code If-None-Match: *}. */
    static Precondition precondition(Context request, boolean mayCreate) {
        var match = request.header("If-Match");
        var noneMatch = request.header("If-None-Match");
        if (match != null && noneMatch != null) {
            throw ApiException.badRequest("If-None-Match", "comes with If-Match; expected one of them");
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
            versions.add(number("If-Match", tag.group(1), 0));
        }
        return Precondition.versions(versions);
    }

    static Optional<String> idempotencyKey(Context request) {
        var key = request.header("Idempotency-Key");
        if (key != null && !KEY.matcher(key).matches()) {
            throw ApiException.badRequest("Idempotency-Key", "expected 1 to 200 visible ASCII characters");
        }
        return Optional.ofNullable(key);
    }

    private static long number(String field, String text, long least) {
        if (DIGITS.matcher(text).matches()) {
            try {
                long number = Long.parseLong(text);
                if (number >= least) {
                    return number;
                }
            } catch (NumberFormatException tooLarge) {
                throw notANumber(field, text, least);
            }
        }
        throw notANumber(field, text, least);
    }

    private static ApiException notANumber(String field, String text, long least) {
        return ApiException.badRequest(
                field,
                "is '" + Fields.shown(text) + "'; expected a whole number from " + least + " to " + Long.MAX_VALUE);
    }
}
