// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

/** WAL positions as numbers. They must be compared as unsigned numbers. */
public final class Lsn {
    private Lsn() {}

    /**
     * Parses the form that PostgreSQL prints, such as {@code 0/1A2B3C4}, or the form of a service's answer, with @ and
     * the cluster appended.
     */
    public static long parse(String answered) {
        var text = answered.split("@", 2)[0];
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("'" + answered + "' is not a WAL position such as 0/1A2B3C4");
        }
        return Long.parseLong(text.substring(0, slash), 16) << 32 | Long.parseLong(text.substring(slash + 1), 16);
    }

    /** The form that PostgreSQL prints. */
    public static String format(long position) {
        return "%X/%X".formatted(position >>> 32, position & 0xFFFF_FFFFL);
    }
}
