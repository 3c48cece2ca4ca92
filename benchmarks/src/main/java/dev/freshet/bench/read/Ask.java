// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.write.Lsn;
import java.time.Duration;

/**
 * The level of one read.
 *
 * @param maxAge for {@link Level#BOUNDED}; otherwise null
 * @param position for {@link Level#SESSION}
 */
public record Ask(Level level, Duration maxAge, long position) {
    static final Ask EVENTUAL = new Ask(Level.EVENTUAL, null, 0);
    static final Ask STRONG = new Ask(Level.STRONG, null, 0);

    static Ask bounded(Duration maxAge) {
        return new Ask(Level.BOUNDED, maxAge, 0);
    }

    static Ask session(long position) {
        return new Ask(Level.SESSION, null, position);
    }

    /** The form that the reader-service accepts. */
    @Override
    public String toString() {
        return switch (level) {
            case BOUNDED -> "bounded; max-age=" + maxAge.toMillis() + "ms";
            case SESSION -> "session; position=" + Lsn.format(position);
            default -> level.label();
        };
    }
}
