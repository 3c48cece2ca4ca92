// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.request;

import dev.freshet.support.http.problem.ApiException;
import io.javalin.http.Context;
import java.util.regex.Pattern;

/** Reads parameters of paths and queries. */
public final class Parameters {
    private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,18}");
    private static final int SHOWN = 40;

    private Parameters() {}

    /**
     * The {@code {id}} of the path.
     *
     * @throws ApiException 400 if it is not a whole number from 1
     */
    public static long id(Context request) {
        return number("id", request.pathParam("id"), 1, Long.MAX_VALUE);
    }

    /**
     * Reads a whole number. Only one spelling is accepted, without a sign or leading zeros, so that one number makes
     * one cache key.
     *
     * @throws ApiException 400 if the text is not such a number within the bounds
     */
    public static long number(String field, String text, long least, long most) {
        if (WHOLE.matcher(text).matches()) {
            try {
                long number = Long.parseLong(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException tooLarge) {
                throw notANumber(field, text, least, most);
            }
        }
        throw notANumber(field, text, least, most);
    }

    private static ApiException notANumber(String field, String text, long least, long most) {
        return ApiException.badRequest(
                field, "is '" + shown(text) + "'; expected a whole number from " + least + " to " + most);
    }

    /** What a client sent, shortened for use in a message. */
    public static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
