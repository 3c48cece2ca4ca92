// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.time.Duration;
import java.util.Objects;

/**
 * How fresh a read must be. What the cache cannot prove to be fresh enough comes from the loader, so a dead invalidator
 * makes reads slower and never staler than they allow. Immutable. See {@code docs/consistency.md}.
 */
public sealed interface Consistency {
    /**
     * The least bound. The invalidator proves at most twenty times a second that nothing is missing, and such a proof is some
     * time under way: a cache that is never further behind than this can be had, one of less cannot.
     */
    Duration LEAST_MAX_AGE = Duration.ofMillis(100);

    /** The cache as it stands. */
    static Consistency eventual() {
        return Eventual.INSTANCE;
    }

    /**
     * Nothing that was committed longer ago than this is missing. Counted by the clock of Redis, against the position
     * that the invalidator publishes there. The invalidator learns of it, and publishes so often that such reads can be
     * answered from the cache; so the first ones of a minute may be loaded.
     *
     * @param maxAge from {@link #LEAST_MAX_AGE} to a day
     * @throws IllegalArgumentException if it is not
     */
    static Consistency bounded(Duration maxAge) {
        return new Bounded(maxAge);
    }

    /**
     * Nothing that was committed up to this position is missing: a program's own write, or what it read before. What the
     * database has committed but shows to nobody yet, as while it waits for a synchronous standby, a load cannot show
     * either. Who asks each time with the latest {@link CacheResult#position()} it has seen never sees a key go back in time.
     *
     * @param position of the cluster that loaders read. If it says that it is of another one, a read with it ends with a
     *     {@link ForeignPositionException}, as soon as this cache knows its own; until then the loader answers
     */
    static Consistency session(WalPosition position) {
        return new Session(position);
    }

    /** Everything that is committed: the loader answers, and Redis is not asked. */
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
