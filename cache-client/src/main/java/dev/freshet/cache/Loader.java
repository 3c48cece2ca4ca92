// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

/**
 * Computes a value from the database. It runs in the thread that asked, after the cache took the token that guards the
 * fill. So it must read with a snapshot of its own: do not join a transaction that began earlier.
 *
 * @param <T> type of the value
 * @param <X> what it may throw; passed on to the caller unchanged, and nothing is cached
 */
@FunctionalInterface
public interface Loader<T, X extends Exception> {
    /** The value or its absence, and what it was computed from. Never null. */
    Loaded<T> load() throws X;
}
