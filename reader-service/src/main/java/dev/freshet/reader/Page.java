// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import io.javalin.http.Context;

/**
 * Which part of a list. Bounded, and spelled in one way only: whoever asks for odd pages cannot fill the cache with copies
 * of one.
 *
 * @param limit how many at most
 * @param after the last id of the page before; 0 for the first page
 */
record Page(int limit, long after) {
    static final int MAX_LIMIT = 500;
    private static final String DEFAULT_LIMIT = "50";

    static Page of(Context request) {
        return new Page(
                (int) Numbers.parse("limit", parameter(request, "limit", DEFAULT_LIMIT), 1, MAX_LIMIT),
                Numbers.parse("after", parameter(request, "after", "0"), 0, Long.MAX_VALUE));
    }

    private static String parameter(Context request, String name, String otherwise) {
        var value = request.queryParam(name);
        return value == null ? otherwise : value;
    }
}
