// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.request;

import dev.freshet.support.http.problem.ApiException;
import io.javalin.http.Context;

/**
 * The requested part of a list: {@code ?limit=50&after=7}. The values are bounded and have only one spelling, so that
 * clients cannot fill a cache with copies of the same page.
 *
 * @param limit the maximum number of items
 * @param after the last id (or version, or position) of the previous page; 0 for the first page
 */
public record Page(int limit, long after) {
    private static final String DEFAULT_LIMIT = "50";

    /** @throws ApiException 400 if {@code limit} or {@code after} is not a number within its bounds */
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
