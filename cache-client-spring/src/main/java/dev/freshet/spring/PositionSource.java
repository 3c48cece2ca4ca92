// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.cache.WalPosition;
import java.util.Optional;

/** Tells how far the application's database has got. Thread-safe. */
@FunctionalInterface
public interface PositionSource {
    /** A position at or behind every commit that has returned; empty if nobody can tell. Asks the database. */
    Optional<WalPosition> now();
}
