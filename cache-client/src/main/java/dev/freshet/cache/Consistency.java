// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.time.Duration;
import java.util.Objects;

/**
 * How fresh a read must be. If the cache cannot prove that it is fresh enough, the loader answers. So if the
 * invalidator is down, reads get slower but never staler than they allow. Immutable. See {@code docs/consistency.md}.
 */
public sealed interface Consistency {
    /**
     * The smallest bound that a read can ask for. The invalidator proves at most twenty times a second that nothing is
     * missing, and each proof takes some time to arrive. The cache can therefore be kept within this bound, but not
     * within a smaller one.
     */
    Duration LEAST_MAX_AGE = Duration.ofMillis(100);

    /** The cache as it is, with the guarantee of {@link FreshetCache}. */
    static Consistency eventual() {
        return Eventual.INSTANCE;
    }

    /**
     * No commit older than this is missing. The age is measured by the clock of Redis, against the position that the
     * invalidator publishes there. The invalidator learns the bound from such reads, for a minute at a time, and then
     * publishes often enough for the cache to answer them. The first such reads of a minute may therefore be loaded.
     *
     * @param maxAge from {@link #LEAST_MAX_AGE} to one day
     * @throws IllegalArgumentException if it is outside that range
     */
    static Consistency bounded(Duration maxAge) {
        return new Bounded(maxAge);
    }

    /**
     * No commit up to this position is missing, such as the program's own write or what it read before. If the database
     * does not show a commit yet, for example while it waits for a synchronous standby, a load does not show it either.
     * A caller that always passes the latest {@link CacheResult#position()} it has seen never sees a key go back in
     * time.
     *
     * @param position a position of the PostgreSQL cluster that loaders read. If it names another cluster, a read with
     *     it fails with {@link ForeignPositionException} as soon as this cache knows its own cluster; until then the
     *     loader answers
     */
    static Consistency session(WalPosition position) {
        return new Session(position);
    }

    /** No commit is missing: the loader answers, and Redis is not asked. */
    static Consistency strong() {
        return Strong.INSTANCE;
    }

    /** See {@link Consistency#eventual()}. */
    enum Eventual implements Consistency {
        INSTANCE;

        @Override
        public String toString() {
            return "eventual";
        }
    }

    /** See {@link Consistency#bounded}. */
    record Bounded(Duration maxAge) implements Consistency {
        private static final Duration MOST = Duration.ofDays(1);

        public Bounded {
            if (maxAge.compareTo(LEAST_MAX_AGE) < 0) {
                throw new IllegalArgumentException("max age " + maxAge + " is less than "
                        + LEAST_MAX_AGE.toMillis()
                        + " ms, which is the least that an invalidator can prove; ask for a session or for strong");
            }
            if (maxAge.compareTo(MOST) > 0) {
                throw new IllegalArgumentException("max age " + maxAge + " is more than 1 day");
            }
        }

        @Override
        public String toString() {
            return "bounded; max-age=" + maxAge.toMillis() + "ms";
        }
    }

    /** See {@link Consistency#session}. */
    record Session(WalPosition position) implements Consistency {
        public Session {
            Objects.requireNonNull(position, "position");
        }

        @Override
        public String toString() {
            return "session; position=" + position;
        }
    }

    /** See {@link Consistency#strong()}. */
    enum Strong implements Consistency {
        INSTANCE;

        @Override
        public String toString() {
            return "strong";
        }
    }
}
