// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.cache.WalPosition;
import java.util.Optional;

/** Tells the current WAL position of the application's database. Thread-safe. */
@FunctionalInterface
public interface PositionSource {
    /**
     * Asks the database for a position at or after every commit that has already returned.
     *
     * @return empty if the position cannot be determined
     */
    Optional<WalPosition> now();
}
