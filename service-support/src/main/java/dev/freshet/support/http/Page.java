// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import io.javalin.http.Context;

/**
 * Which part of a list: {@code ?limit=50&after=7}. Bounded, and spelled in one way only: whoever asks for odd pages cannot
 * fill a cache with copies of one.
 *
 * @param limit how many at most
 * @param after the last id (or version, or position) of the page before; 0 for the first page
 */
public record Page(int limit, long after) {
    private static final String DEFAULT_LIMIT = "50";

    /** @throws ApiException 400 if {@code limit} or {@code after} is not a number within the bounds */
    public static Page of(Context request, int maxLimit) {
        return new Page(
                (int) Parameters.number("limit", parameter(request, "limit", DEFAULT_LIMIT), 1, maxLimit),
                Parameters.number("after", parameter(request, "after", "0"), 0, Long.MAX_VALUE));
    }

    private static String parameter(Context request, String name, String otherwise) {
        var value = request.queryParam(name);
        return value == null ? otherwise : value;
    }
}
