// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.support;

/**
 * A WAL position.
 *
 * @param bytes from the beginning of the WAL
 */
public record Lsn(long bytes) implements Comparable<Lsn> {
    /** Before all other positions. */
    public static final Lsn NONE = new Lsn(0);

    /** As PostgreSQL prints it, such as {@code 0/1A2B3C4}. */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new AssertionError("'" + text + "' is not a WAL position such as 0/1A2B3C4");
        }
        return new Lsn(
                Long.parseLong(text.substring(0, slash), 16) << 32 | Long.parseLong(text.substring(slash + 1), 16));
    }

    public boolean reaches(Lsn other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return String.format("%X/%X", bytes >>> 32, bytes & 0xFFFF_FFFFL);
    }
}
