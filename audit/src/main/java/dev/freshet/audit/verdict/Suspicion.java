// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.verdict;

import dev.freshet.audit.rows.RowVersion;
import dev.freshet.model.mapping.EntityMapping;
import java.util.List;
import java.util.Objects;

/**
 * A sign that an entry may be stale.
 *
 * @param tag the tag of the entry that is in doubt
 * @param entity the entity of the row in question
 * @param id of that row
 * @param version the current version of the row; null for {@code GONE} and {@code EVICTED}
 * @param purges whether such a change always purges the tag, unless it changed nothing
 */
public record Suspicion(
        String tag, Cause cause, EntityMapping entity, List<String> id, RowVersion version, boolean purges) {
    public enum Cause {
        /** The row was written by a transaction that the entry's snapshot does not see. */
        CHANGED,
        /** The same, if the id belongs to a savepoint of a transaction that was running. */
        CHANGED_PERHAPS,
        /** The row is missing. */
        GONE,
        /** The invalidator says that it evicted the tag. */
        EVICTED
    }

    public Suspicion {
        Objects.requireNonNull(cause, "cause");
        id = List.copyOf(id);
    }

    /** Such as {@code row project:3 was written by transaction 4711}. Shows ids, as the key does. */
    public String tell() {
        String row = entity.table() + " " + String.join(",", id);
        return switch (cause) {
            case CHANGED, CHANGED_PERHAPS -> "row " + row + " was written by transaction " + version.xid();
            case GONE -> "there is no row " + row;
            case EVICTED -> "tag " + tag + " was evicted after the entry was loaded";
        };
    }
}
