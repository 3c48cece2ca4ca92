// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A position in the write-ahead log of one PostgreSQL cluster, as {@code pg_lsn} prints it: two hexadecimal numbers of
 * 32 bits, {@code 16/B374D848}. Earlier commits have smaller positions. Immutable.
 *
 * @param value all 64 bits; to be compared as an unsigned number
 */
public record Lsn(long value) implements Comparable<Lsn> {
    /** Before every other position. PostgreSQL never assigns it. */
    public static final Lsn ZERO = new Lsn(0);

    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /** @throws IllegalArgumentException if the text does not have a form such as {@code 16/B374D848} */
    public static Lsn parse(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is no WAL position, expected one such as 16/B374D848"));
    }

    /** Empty if the text is null or does not have that form. */
    public static Optional<Lsn> find(String text) {
        var halves = TEXT.matcher(text == null ? "" : text);
        return halves.matches()
                ? Optional.of(new Lsn(Long.parseLong(halves.group(1), 16) << 32 | Long.parseLong(halves.group(2), 16)))
                : Optional.empty();
    }

    public boolean isBefore(Lsn other) {
        return compareTo(other) < 0;
    }

    public boolean isAfter(Lsn other) {
        return compareTo(other) > 0;
    }

    /** The later of the two. */
    public Lsn max(Lsn other) {
        return other.isAfter(this) ? other : this;
    }

    /** The upper 32 bits. Split into two halves, as a number in Redis' Lua holds only 53 bits. */
    public long high() {
        return value >>> 32;
    }

    /** The lower 32 bits. */
    public long low() {
        return value & 0xFFFF_FFFFL;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
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
