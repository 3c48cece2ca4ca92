// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.protocol.Lsn;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A position in PostgreSQL's write-ahead log, as {@code pg_lsn} prints it: two hexadecimal numbers of 32 bits, {@code
 * 0/1A2B3C4}. Earlier commits have smaller positions. Immutable.
 *
 * <p>Each PostgreSQL cluster has its own log. A position may name its cluster by the system identifier: {@code
 * 0/1A2B3C4@7301234567890123456}. A position without a cluster is assumed to belong to the cluster that it is compared
 * with.
 */
public final class WalPosition implements Comparable<WalPosition> {
    private static final Pattern TEXT = Pattern.compile("([^@]*)(?:@([0-9]{1,20}))?");

    private final Lsn lsn;
    private final String system;

    /** @param system null if the cluster is unknown */
    WalPosition(Lsn lsn, String system) {
        this.lsn = lsn;
        this.system = system;
    }

    /**
     * Parses what PostgreSQL or {@link #toString()} printed.
     *
     * @throws IllegalArgumentException if it does not have that form
     */
    public static WalPosition of(String text) {
        return find(Objects.requireNonNull(text, "text"))
                .orElseThrow(() -> new IllegalArgumentException("position '" + text
                        + "' is not of the form of pg_lsn, such as 0/1A2B3C4, with or without @ and the"
                        + " system identifier of the cluster"));
    }

    /** Empty if the text is null or does not have that form. */
    static Optional<WalPosition> find(String text) {
        var parts = TEXT.matcher(text == null ? "" : text);
        return parts.matches()
                ? Lsn.find(parts.group(1)).map(lsn -> new WalPosition(lsn, parts.group(2)))
                : Optional.empty();
    }

    /** The same position in that cluster; null for an unknown one. */
    WalPosition in(String system) {
        return Objects.equals(system, this.system) ? this : new WalPosition(lsn, system);
    }

    /** The system identifier of its cluster, if the position names one. */
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
     * @throws IllegalArgumentException if they belong to different clusters, for example after the database was moved
     *     to a new one. The position of the former cluster then has no meaning and should be dropped
     */
    public WalPosition max(WalPosition other) {
        if (isForeignTo(other.system)) {
            throw new IllegalArgumentException(
                    "positions " + this + " and " + other + " are of different clusters, and neither is the later one");
        }
        return lsn.equals(other.lsn) ? (system == null ? other : this) : compareTo(other) > 0 ? this : other;
    }

    /** The position without its cluster. */
    Lsn place() {
        return lsn;
    }

    /**
     * Compares by position in the log. If these are equal, a position without a cluster comes first; otherwise the
     * system identifiers are compared as text.
     */
    @Override
    public int compareTo(WalPosition other) {
        int place = lsn.compareTo(other.lsn);
        return place != 0 ? place : system().orElse("").compareTo(other.system().orElse(""));
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

    /** As PostgreSQL prints it, without the cluster. */
    public String lsn() {
        return lsn.toString();
    }

    /** In the form that {@link #of} parses. */
    @Override
    public String toString() {
        return system == null ? lsn() : lsn() + '@' + system;
    }
}
