// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

/** Which writes a read must show. */
@FunctionalInterface
public interface Demand {
    /** Demands nothing. */
    Demand NOTHING = write -> false;

    /** Whether this committed write, or a later one of the same row, must show. */
    boolean covers(Write write);

    /** Every write up to a position of the WAL. */
    static Demand upTo(long position) {
        return write -> Long.compareUnsigned(write.position(), position) <= 0;
    }

    /**
     * Every write up to a position whose client had been told before that moment. A commit can be in the WAL and not yet
     * visible to anybody, the database itself included; whoever reads there cannot ask for more.
     */
    static Demand upToAndAcknowledgedBefore(long position, long moment) {
        return write -> write.acknowledged() < moment && Long.compareUnsigned(write.position(), position) <= 0;
    }

    /** Every write whose client had been told before that moment. */
    static Demand acknowledgedBefore(long moment) {
        return write -> write.acknowledged() < moment;
    }

    /**
     * Every write that is visible and whose invalidation was finished before that moment. A stream may tell of a commit
     * before anybody can see it: then there is nothing to demand yet.
     */
    static Demand invalidatedBefore(Protocol protocol, long moment) {
        return write -> write.invalidated(protocol) < moment && write.acknowledged() < moment;
    }
}
