// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.text;

import org.postgresql.core.Oid;

/**
 * Converts values from the text in the stream to the text that PostgreSQL gives for {@code column::text}. The two
 * differ for a few types; all others stay as printed, with the settings of
 * {@link dev.freshet.postgres.connection.SessionSettings}.
 */
public final class PostgresText {
    private PostgresText() {}

    /**
     * The text of a value that is not null.
     *
     * @param printed the text in the stream
     * @param type oid of its type; for a domain, of the base type
     */
    public static String of(String printed, int type) {
        return switch (type) {
            case Oid.BOOL -> printed.equals("t") ? "true" : printed.equals("f") ? "false" : printed;
            case Oid.BPCHAR -> withoutPadding(printed);
            case Oid.INET -> withNetmask(printed);
            default -> printed;
        };
    }

    /** The cast removes trailing blanks only. */
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
