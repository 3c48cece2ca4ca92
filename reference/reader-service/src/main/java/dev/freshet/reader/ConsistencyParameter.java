// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.cache.Consistency;
import dev.freshet.cache.WalPosition;
import dev.freshet.support.config.cli.DurationConverter;
import dev.freshet.support.http.problem.ApiException;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.TypeConversionException;

/**
 * How fresh a request wants its answer: the header {@code Freshet-Consistency: bounded; max-age=500ms}, or the same
 * text as the parameter {@code consistency}, or a header {@code Freshet-Position} alone, which means a session. The
 * first two cannot be combined, and none may be given twice. A position is refused with a level that would ignore it.
 * So an answer is never staler than the client has reason to believe.
 */
final class ConsistencyParameter {
    static final String HEADER = "Freshet-Consistency";
    static final String POSITION = "Freshet-Position";
    private static final String PARAMETER = "consistency";
    private static final String LEVELS = "eventual, bounded; max-age=500ms, session; position=0/1A2B3C4 or strong";
    private static final long LEAST = Consistency.LEAST_MAX_AGE.toMillis();
    private static final int SHOWN = 80;

    private ConsistencyParameter() {}

    /** @throws ApiException 400 if a value is malformed, or the values conflict */
    static Consistency of(Context request) {
        var header = one(HEADER, Collections.list(request.req().getHeaders(HEADER)));
        var parameter = one(PARAMETER, request.queryParams(PARAMETER));
        var position = one(POSITION, Collections.list(request.req().getHeaders(POSITION)));
        if (header != null && parameter != null) {
            throw ApiException.badRequest(
                    PARAMETER, "cannot be combined with the header " + HEADER + "; expected one of them");
        }
        if (header == null && parameter == null) {
            return position == null ? Consistency.eventual() : session(POSITION, position);
        }
        return header == null ? level(PARAMETER, parameter, position) : level(HEADER, header, position);
    }

    /** Null if there is none. */
    private static String one(String field, List<String> given) {
        if (given.size() > 1) {
            throw ApiException.badRequest(field, "is given " + given.size() + " times; expected once");
        }
        return given.isEmpty() ? null : given.get(0);
    }

    private static Consistency level(String field, String text, String position) {
        var parts = Arrays.stream(text.split(";", -1)).map(String::strip).toList();
        var details = new ArrayList<>(parts.subList(1, parts.size()));
        var level = parts.get(0);
        if (position != null && level.equals("session")) {
            details.add("position=" + position.strip());
        } else if (position != null && !level.equals("strong")) {
            throw ApiException.badRequest(
                    POSITION, "is given beside level '" + shown(level) + "'; expected level session");
        }
        if (level.equals("eventual") && details.isEmpty()) {
            return Consistency.eventual();
        } else if (level.equals("strong") && details.isEmpty()) {
            return Consistency.strong();
        } else if (details.size() == 1
                && level.equals("bounded")
                && details.get(0).startsWith("max-age=")) {
            return bounded(field, details.get(0).substring("max-age=".length()));
        } else if (details.size() == 1
                && level.equals("session")
                && details.get(0).startsWith("position=")) {
            return session(field, details.get(0).substring("position=".length()));
        }
        throw ApiException.badRequest(field, "is '" + shown(text) + "'; expected " + LEVELS);
    }

    private static Consistency bounded(String field, String maxAge) {
        try {
            Duration age = new DurationConverter().convert(maxAge);
            if (age.toMillis() > 0 && age.compareTo(Consistency.LEAST_MAX_AGE) < 0) {
                throw ApiException.badRequest(
                        field,
                        "has max-age '" + shown(maxAge)
                                + "', which is fresher than the cache can prove; expected " + LEAST
                                + "ms or more, or level session or strong");
            }
            return Consistency.bounded(age);
        } catch (TypeConversionException | IllegalArgumentException e) {
            throw ApiException.badRequest(
                    field,
                    "has max-age '" + shown(maxAge) + "'; expected " + LEAST + "ms to 24h, such as 500ms, 2s or 5m");
        }
    }

    private static Consistency session(String field, String position) {
        try {
            return Consistency.session(WalPosition.of(position));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(
                    field,
                    "has position '" + shown(position)
                            + "'; expected a WAL position such as 0/1A2B3C4@7301234567890123456, as a write answered it");
        }
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
