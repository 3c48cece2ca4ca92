// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

/**
 * The position of a session belongs to a PostgreSQL cluster other than the one that this cache's loaders read. So the
 * cache cannot tell what was committed up to it. This happens if positions of two systems are mixed up, and once per
 * session after the database was moved to a new cluster. The caller should drop the position and read without it.
 */
public final class ForeignPositionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    ForeignPositionException(WalPosition position, String system) {
        super("position " + position + " is of another PostgreSQL cluster than this cache's, which is " + system
                + "; expected a position that this cluster's writers or readers answered. If the database was moved, read"
                + " without it once");
    }
}
