// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

/** WAL positions as numbers; to be compared without sign. */
public final class Lsn {
    private Lsn() {}

    /** Reads what PostgreSQL prints, such as {@code 0/1A2B3C4}, or what a service answers, with the cluster behind an @. */
    public static long parse(String answered) {
        var text = answered.split("@", 2)[0];
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("'" + answered + "' is not a WAL position such as 0/1A2B3C4");
        }
        return Long.parseLong(text.substring(0, slash), 16) << 32 | Long.parseLong(text.substring(slash + 1), 16);
    }

    /** As PostgreSQL prints it. */
    public static String format(long position) {
        return "%X/%X".formatted(position >>> 32, position & 0xFFFF_FFFFL);
    }
}
