// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Position;
import dev.freshet.core.source.CatalogState;
import dev.freshet.core.source.ServerIdentity;
import dev.freshet.core.source.SlotInfo;
import java.util.Locale;
import java.util.Optional;

/**
 * The reason why changes may have been missed, so that the namespace must be purged. The order is: slot first, purge
 * second, serve third. Only this class decides whether a purge is needed.
 *
 * @param why the reason in words, for people
 */
public record Gap(Kind kind, String why) {
    /** The kind of gap. The names are fixed, for metrics. */
    public enum Kind {
        /** The publication or the slot was missing, lost or incomplete. */
        SOURCE_MENDED,
        /** Redis has no position: Redis is new, it was emptied, or the position was withdrawn. */
        NO_POSITION,
        /** The position belongs to another cluster, timeline or database, or lies beyond the end of the WAL. */
        OTHER_DATABASE,
        OTHER_SLOT,
        /**
         * The publication or a table's partitions were changed while nothing was streamed; perhaps they were changed
         * back since.
         */
        PUBLICATION_CHANGED,
        /** A statement rewrote the values of a table while nothing was streamed, which no change tells. */
        TABLE_REWRITTEN,
        /** The slot was acknowledged beyond what was evicted, or was recreated. */
        SLOT_AHEAD,
        /** Changes that could not be read were skipped. */
        UNREADABLE,
        /** Redis failed over or was restarted, and the evictions that it may have lost are not in the log. */
        OTHER_MASTER,
        /** It is not known which mapping was used for evictions so far. */
        MAPPING_UNKNOWN,
        /** The version of Freshet that evicted so far interprets mappings differently. */
        MAPPING_CHANGED;

        /** The name in metrics, such as {@code no-position}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Returns why changes may have been missed, or empty if none were.
     *
     * @param mended whether the publication or the slot was just created or changed
     * @param publication its identity, which changes with what it publishes, as {@link CatalogState} writes it
     * @param redis what the Redis masters hold
     */
    public static Optional<Gap> find(
            boolean mended, SlotInfo slot, ServerIdentity server, String publication, Masters redis) {
        return find(mended, slot, server, publication, redis, false);
    }

    /**
     * The same where a promotion need not be a gap.
     *
     * @param commitsLast whether no commit that readers have seen is lost when a standby is promoted. Then nothing is
     *     missing if the slot came along, and what was evicted is part of the history of the new primary
     */
    public static Optional<Gap> find(
            boolean mended,
            SlotInfo slot,
            ServerIdentity server,
            String publication,
            Masters redis,
            boolean commitsLast) {
        if (mended) {
            return gap(Kind.SOURCE_MENDED, "the publication or the slot is new or was changed");
        }
        Optional<Position> stored = redis.position();
        if (stored.isEmpty()) {
            return gap(Kind.NO_POSITION, "Redis holds no position: it is new, was emptied, or a purge was interrupted");
        }
        Position position = stored.get();
        Position.Origin origin = position.origin();
        if (!origin.systemIdentifier().equals(server.systemIdentifier())) {
            return gap(
                    Kind.OTHER_DATABASE,
                    "this is a different database: system identifier " + server.systemIdentifier() + ", was "
                            + origin.systemIdentifier());
        }
        boolean kept = server.hasPassed(origin.timeline(), position.lsn());
        if (origin.timeline() != server.timeline() && !(commitsLast && slot.synced() && kept)) {
            return gap(
                    Kind.OTHER_DATABASE,
                    "the database was promoted or restored: timeline " + server.timeline() + ", was "
                            + origin.timeline()
                            + (commitsLast ? ", " + missing(slot, kept) : ""));
        }
        if (!origin.database().equals(slot.database())) {
            return gap(
                    Kind.OTHER_DATABASE,
                    "the position in Redis belongs to database " + origin.database() + ", this is " + slot.database());
        }
        if (position.lsn().isAfter(server.walEnd())) {
            return gap(
                    Kind.OTHER_DATABASE,
                    "the database was restored: its WAL ends at " + server.walEnd() + ", but evictions were done up to "
                            + position.lsn());
        }
        if (!origin.slot().equals(slot.name())) {
            return gap(
                    Kind.OTHER_SLOT,
                    "the position in Redis belongs to slot " + origin.slot() + ", this is " + slot.name());
        }
        CatalogState before = CatalogState.parse(origin.publication());
        CatalogState now = CatalogState.parse(publication);
        if (!now.publishesAs(before)) {
            return gap(
                    Kind.PUBLICATION_CHANGED,
                    "the publication was changed, a table of the mapping was recreated, or a partition of one was"
                            + " created, truncated, attached or detached, while nothing was evicted");
        }
        if (now.rewrittenSince(before)) {
            return gap(
                    Kind.TABLE_REWRITTEN,
                    "the values of a table may have been rewritten by a statement such as ALTER COLUMN … TYPE … USING");
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

    private static String missing(SlotInfo slot, boolean kept) {
        return kept
                ? "and slot " + slot.name() + " was not synchronised to it"
                : "and it lacks what was evicted last, or does not tell its history";
    }

    private static Optional<Gap> gap(Kind kind, String why) {
        return Optional.of(new Gap(kind, why));
    }
}
