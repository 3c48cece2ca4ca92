// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.support.http.ApiException;
import java.util.regex.Pattern;

/** Reads whole numbers in their one spelling: no sign, no leading zero, so that one number makes one cache key. */
final class Numbers {
    private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,18}");

    private Numbers() {}

    /** @throws ApiException 400 if the text is no whole number within the bounds */
    static long parse(String field, String text, long smallest, long largest) {
        if (FORM.matcher(text).matches()) {
            try {
                long number = Long.parseLong(text);
                if (number >= smallest && number <= largest) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw bad(field, text, smallest, largest);
            }
        }
        throw bad(field, text, smallest, largest);
    }

    private static ApiException bad(String field, String text, long smallest, long largest) {
        var shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return ApiException.badRequest(
                field, "'" + shown + "' is not a whole number from " + smallest + " to " + largest);
    }
}
