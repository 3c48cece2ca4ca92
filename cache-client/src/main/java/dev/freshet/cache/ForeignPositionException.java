// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

/**
 * A session's position is of another cluster of PostgreSQL than the one that this cache's loaders read: nothing can be
 * said about what was committed up to there. Happens if positions of two systems are mixed up, and once to each session
 * after the database was moved to a new cluster. The caller forgets the position and reads without it.
 */
public final class ForeignPositionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    ForeignPositionException(WalPosition position, String system) {
        super("position " + position + " is of another PostgreSQL cluster than this cache's, which is " + system
                + "; expected a position that this cluster's writers or readers answered. If the database was moved, read"
                + " without it once");
    }
}
