// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import dev.freshet.protocol.Lsn;
import java.time.Duration;

/** What a read demands of the position that is published in Redis, before an entry may answer it. Immutable. */
public sealed interface Demand {
    /** Nothing: the cache as it stands. */
    Demand NONE = Constant.NONE;

    /** More than any position proves: only a load answers. */
    Demand LOAD = Constant.LOAD;

    /** The demands that need no value. */
    enum Constant implements Demand {
        NONE,
        LOAD
    }

    /** Everything committed longer ago than this was evicted. */
    record MaxAge(Duration bound) implements Demand {}

    /**
     * Everything committed up to a position was evicted.
     *
     * @param system the system identifier of its cluster; null if unknown
     */
    record Reached(Lsn lsn, String system) implements Demand {
        /** Whether a published position proves this. False between clusters. */
        public boolean isMetBy(Lsn published, String publisher) {
            return !isForeign(publisher) && !published.isBefore(lsn);
        }

        private boolean isForeign(String publisher) {
            return system != null && publisher != null && !system.equals(publisher);
        }
    }
}
