// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.request;

import java.util.regex.Pattern;

/** Compares entity tags as defined in RFC 9110, section 13.1.2. */
public final class Etags {
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

    private Etags() {}

    /**
     * Whether {@code If-None-Match} says that the client already has this representation.
     *
     * @param ifNoneMatch the header: {@code *}, or a list of tags, which may be weak; null if absent
     * @param etag with its quotes
     */
    public static boolean matches(String ifNoneMatch, String etag) {
        if (ifNoneMatch == null) {
            return false;
        }
        return ifNoneMatch.strip().equals("*")
                || TAG.matcher(ifNoneMatch)
                        .results()
                        .anyMatch(tag -> tag.group(1).equals(etag));
    }
}
