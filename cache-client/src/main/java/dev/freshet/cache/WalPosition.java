// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.protocol.Lsn;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in PostgreSQL's write-ahead log, as {@code pg_lsn} prints it: two hexadecimal numbers of 32 bits,
 * {@code 0/1A2B3C4}. A commit before it has a smaller one. Immutable.
 *
 * <p>Each cluster of PostgreSQL has a log of its own. A position may say which one it is of, by the cluster's system
 * identifier: {@code 0/1A2B3C4@7301234567890123456}. One that does not is taken for a position of the cluster that it is
 * compared with.
 */
public final class WalPosition implements Comparable<WalPosition> {
    private static final Pattern TEXT = Pattern.compile("([^@]*)(?:@([0-9]{1,20}))?");

    private final Lsn lsn;
    private final String system;

    /** @param system null: of a cluster that is not known */
    WalPosition(Lsn lsn, String system) {
        this.lsn = lsn;
        this.system = system;
    }

    /**
     * Reads what PostgreSQL printed, or what {@link #toString()} did.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static WalPosition of(String text) {
        return find(Objects.requireNonNull(text, "text"))
                .orElseThrow(() -> new IllegalArgumentException("position '" + text
                        + "' is not of the form of pg_lsn, such as 0/1A2B3C4, with or without @ and the"
                        + " system identifier of the cluster"));
    }

    /** Empty if it is null or not of that form. */
    static Optional<WalPosition> find(String text) {
        var parts = TEXT.matcher(text == null ? "" : text);
        return parts.matches()
                ? Lsn.find(parts.group(1)).map(lsn -> new WalPosition(lsn, parts.group(2)))
                : Optional.empty();
    }

    /** The same, of that cluster. Null: of one that is not known. */
    WalPosition in(String system) {
        return Objects.equals(system, this.system) ? this : new WalPosition(lsn, system);
    }

    /** The system identifier of the cluster that it is of, if it says so. */
    public Optional<String> system() {
        return Optional.ofNullable(system);
    }

    /** Whether the two are known to be of different clusters. */
    boolean isForeignTo(String other) {
        return system != null && other != null && !system.equals(other);
    }

    /**
     * The later of the two.
     *
     * @throws IllegalArgumentException if they are of different clusters, as after the database was moved to a new one: then
     *     the former position says nothing any more, and is to be forgotten
     */
    public WalPosition max(WalPosition other) {
        if (isForeignTo(other.system)) {
            throw new IllegalArgumentException(
                    "positions " + this + " and " + other + " are of different clusters, and neither is the later one");
        }
        return lsn.equals(other.lsn) ? (system == null ? other : this) : compareTo(other) > 0 ? this : other;
    }

    /** Its two halves: a number in Redis' Lua holds 53 bits. */
    long high() {
        return lsn.high();
    }

    long low() {
        return lsn.low();
    }

    /** By place. Of two at the same place, the one that names no cluster, or the one of the smaller identifier, is first. */
    @Override
    public int compareTo(WalPosition other) {
        int place = lsn.compareTo(other.lsn);
        return place != 0 ? place : system().orElse("").compareTo(other.system().orElse(""));
    }

    /** Whether a cache that has heard of all up to here has heard of all up to that. False between clusters. */
    boolean reaches(WalPosition other) {
        return !isForeignTo(other.system) && !lsn.isBefore(other.lsn);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WalPosition position
                && position.lsn.equals(lsn)
                && Objects.equals(position.system, system);
    }

    @Override
    public int hashCode() {
        return Objects.hash(lsn, system);
    }

    /** As PostgreSQL prints it, whatever the cluster. */
    public String lsn() {
        return lsn.toString();
    }

    /** As {@link #of} reads it. */
    @Override
    public String toString() {
        return system == null ? lsn() : lsn() + '@' + system;
    }
}
