// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

import dev.freshet.lab.race.world.WalPositions;
import java.time.Duration;

/**
 * The level of one read.
 *
 * @param maxAge for {@link ConsistencyLevel#BOUNDED}; otherwise null
 * @param position for {@link ConsistencyLevel#SESSION}
 */
public record RequestedConsistency(ConsistencyLevel level, Duration maxAge, long position) {
    public static final RequestedConsistency EVENTUAL = new RequestedConsistency(ConsistencyLevel.EVENTUAL, null, 0);
    public static final RequestedConsistency STRONG = new RequestedConsistency(ConsistencyLevel.STRONG, null, 0);

    public static RequestedConsistency bounded(Duration maxAge) {
        return new RequestedConsistency(ConsistencyLevel.BOUNDED, maxAge, 0);
    }

    public static RequestedConsistency session(long position) {
        return new RequestedConsistency(ConsistencyLevel.SESSION, null, position);
    }

    /** The form that the reader-service accepts. */
    @Override
    public String toString() {
        return switch (level) {
            case BOUNDED -> "bounded; max-age=" + maxAge.toMillis() + "ms";
            case SESSION -> "session; position=" + WalPositions.format(position);
            default -> level.label();
        };
    }
}
