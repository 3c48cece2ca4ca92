// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in PostgreSQL's write-ahead log, as {@code pg_lsn} prints it: two hexadecimal numbers of 32 bits,
 * {@code 0/1A2B3C4}. A commit before it has a smaller one. Immutable.
 */
public final class WalPosition implements Comparable<WalPosition> {
    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    private final long value;

    private WalPosition(long value) {
        this.value = value;
    }

    /**
     * Reads what PostgreSQL printed.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static WalPosition of(String text) {
        return find(Objects.requireNonNull(text, "text"))
                .orElseThrow(() -> new IllegalArgumentException(
                        "position '" + text + "' is not of the form of pg_lsn, such as 0/1A2B3C4"));
    }

    /** Empty if it is null or not of that form. */
    static Optional<WalPosition> find(String text) {
        var parts = TEXT.matcher(text == null ? "" : text);
        return parts.matches()
                ? Optional.of(
                        new WalPosition(Long.parseLong(parts.group(1), 16) << 32 | Long.parseLong(parts.group(2), 16)))
                : Optional.empty();
    }

    /** The later of the two. */
    public WalPosition max(WalPosition other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Its two halves: a number in Redis' Lua holds 53 bits. */
    long high() {
        return value >>> 32;
    }

    long low() {
        return value & 0xFFFF_FFFFL;
    }

    @Override
    public int compareTo(WalPosition other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WalPosition position && position.value == value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    /** As PostgreSQL prints it. */
    @Override
    public String toString() {
        return hex(high()) + "/" + hex(low());
    }

    private static String hex(long half) {
        return Long.toHexString(half).toUpperCase(Locale.ROOT);
    }
}
