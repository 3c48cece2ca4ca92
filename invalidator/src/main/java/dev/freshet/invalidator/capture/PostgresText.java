// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import org.postgresql.core.Oid;

/**
 * Values as the stream prints them, in the text that PostgreSQL gives for {@code column::text}: the two differ for a few
 * types. All else is as it was printed, with the settings of {@link dev.freshet.invalidator.source.SessionSettings}.
 */
final class PostgresText {
    private PostgresText() {}

    /**
     * The text of a value that is not null.
     *
     * @param printed as the stream has it
     * @param type oid of its type, of the base type for a domain
     */
    static String of(String printed, int type) {
        return switch (type) {
            case Oid.BOOL -> printed.equals("t") ? "true" : printed.equals("f") ? "false" : printed;
            case Oid.BPCHAR -> withoutPadding(printed);
            case Oid.INET -> withNetmask(printed);
            default -> printed;
        };
    }

    /** The cast drops blanks at the end alone. */
    private static String withoutPadding(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static String withNetmask(String address) {
        if (address.indexOf('/') >= 0) {
            return address;
        }
        return address + (address.indexOf(':') < 0 ? "/32" : "/128");
    }
}
