// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

/** The writes that a read must show. */
@FunctionalInterface
public interface Demand {
    /** Demands nothing. */
    Demand NOTHING = write -> false;

    /** Whether the read must show this committed write, or a later one of the same row. */
    boolean covers(Write write);

    /** Every write up to a WAL position. */
    static Demand upTo(long position) {
        return write -> Long.compareUnsigned(write.position(), position) <= 0;
    }

    /**
     * Every write up to a WAL position that was acknowledged before that moment. A commit can be in the WAL and not yet
     * be visible to anybody, even in the database. A read from the database cannot demand such a commit.
     */
    static Demand upToAndAcknowledgedBefore(long position, long moment) {
        return write -> write.acknowledged() < moment && Long.compareUnsigned(write.position(), position) <= 0;
    }

    /** Every write that was acknowledged to its client before that moment. */
    static Demand acknowledgedBefore(long moment) {
        return write -> write.acknowledged() < moment;
    }

    /**
     * Every visible write whose invalidation was finished before that moment. A stream may report a commit before it is
     * visible; then there is nothing to demand yet.
     */
    static Demand invalidatedBefore(Protocol protocol, long moment) {
        return write -> write.invalidated(protocol) < moment && write.acknowledged() < moment;
    }
}
