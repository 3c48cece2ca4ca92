// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.settings;

import java.util.Locale;

/** What to do when a standby of PostgreSQL was promoted. */
public enum OnPromotion {
    /** Purge the namespace: readers may have seen commits that the new primary lacks. */
    PURGE,
    /**
     * Go on without a purge where the slot was synchronised to the standby, and the standby had everything that was
     * evicted. Right only if no commit is lost: with synchronous replication, or in a planned switch.
     */
    CONTINUE;

    /** As spelled on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
