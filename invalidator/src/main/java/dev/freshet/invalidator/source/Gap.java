// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

import dev.freshet.invalidator.evict.Masters;
import dev.freshet.invalidator.evict.Position;
import java.util.Locale;
import java.util.Optional;

/**
 * Why changes may have been missed, so that the namespace must be purged: slot first, purge second, serve third. The one
 * place that decides it.
 *
 * @param why for people
 */
public record Gap(Kind kind, String why) {
    /** What kind of gap; of fixed names, for metrics. */
    public enum Kind {
        /** Publication or slot were missing, lost or incomplete. */
        SOURCE_MENDED,
        /** Redis holds no position: it is new, was emptied, or the position was withdrawn. */
        NO_POSITION,
        /** The position is of another cluster, another of its timelines, or of WAL that it does not have. */
        OTHER_DATABASE,
        OTHER_SLOT,
        /** The publication or a table's partitions were changed, perhaps to what they are now, while nothing was streamed. */
        PUBLICATION_CHANGED,
        /** The slot was acknowledged further than was evicted, or made anew. */
        SLOT_AHEAD,
        /** Changes that could not be read were given up. */
        UNREADABLE,
        /** Redis failed over or was restarted, and what it has forgotten is not remembered. */
        OTHER_MASTER,
        /** Nobody knows by which mapping was evicted so far. */
        MAPPING_UNKNOWN,
        /** Mappings are understood in another way than by the version of Freshet that evicted so far. */
        MAPPING_CHANGED;

        /** As in metrics, such as {@code no-position}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Says why changes may have been missed, or empty if none were.
     *
     * @param mended whether publication or slot were just made or changed
     * @param publication its {@link PublicationIdentity}
     * @param redis what its masters hold
     */
    public static Optional<Gap> find(
            boolean mended, SlotInfo slot, ServerIdentity server, String publication, Masters redis) {
        if (mended) {
            return gap(Kind.SOURCE_MENDED, "the publication or the slot is new or was changed");
        }
        Optional<Position> stored = redis.position();
        if (stored.isEmpty()) {
            return gap(Kind.NO_POSITION, "Redis holds no position: it is new, was emptied, or a purge broke off");
        }
        Position position = stored.get();
        Position.Origin origin = position.origin();
        if (!origin.systemIdentifier().equals(server.systemIdentifier())) {
            return gap(
                    Kind.OTHER_DATABASE,
                    "the database is another: system identifier " + server.systemIdentifier() + ", was "
                            + origin.systemIdentifier());
        }
        if (origin.timeline() != server.timeline()) {
            return gap(
                    Kind.OTHER_DATABASE,
                    "the database was promoted or restored: timeline " + server.timeline() + ", was "
                            + origin.timeline());
        }
        if (!origin.database().equals(slot.database())) {
            return gap(
                    Kind.OTHER_DATABASE,
                    "the position in Redis is that of database " + origin.database() + ", this is " + slot.database());
        }
        if (position.lsn().isAfter(server.walEnd())) {
            return gap(
                    Kind.OTHER_DATABASE,
                    "the database was restored: its WAL ends at " + server.walEnd() + ", evicted was up to "
                            + position.lsn());
        }
        if (!origin.slot().equals(slot.name())) {
            return gap(
                    Kind.OTHER_SLOT,
                    "the position in Redis is that of slot " + origin.slot() + ", this is " + slot.name());
        }
        if (!origin.publication().equals(publication)) {
            return gap(
                    Kind.PUBLICATION_CHANGED,
                    "the publication was changed, a table of the mapping made anew, or a partition of one made, truncated,"
                            + " attached or detached, while nothing was evicted");
        }
        if (slot.confirmedLsn().isAfter(position.lsn())) {
            return gap(
                    Kind.SLOT_AHEAD,
                    "the slot is ahead of what was evicted: " + slot.confirmedLsn() + ", evicted " + position.lsn());
        }
        return redis.publishedHere()
                ? Optional.empty()
                : gap(Kind.OTHER_MASTER, "Redis was restarted or failed over while nothing was evicted");
    }

    private static Optional<Gap> gap(Kind kind, String why) {
        return Optional.of(new Gap(kind, why));
    }
}
