// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.view.EntryKey;
import java.util.List;
import java.util.Map;

/**
 * Computes a value from the database, after the cache took the token that guards the fill. It must read with its own
 * snapshot, so do not join a transaction that began earlier. It runs in the thread of the caller or, for an
 * asynchronous read, in a thread of {@link FreshetCacheBuilder#executor}.
 *
 * @param <T> type of the value
 * @param <X> what it may throw; passed on to the caller unchanged, and nothing is cached
 */
@FunctionalInterface
public interface Loader<T, X extends Exception> {
    /** The value or its absence, and what it was computed from. Never null. */
    Loaded<T> load() throws X;

    /**
     * Computes several values at once, under the same rules.
     *
     * @param <T> type of the values
     * @param <X> what it may throw; passed on to the caller unchanged, and nothing is cached
     */
    @FunctionalInterface
    interface OfMany<T, X extends Exception> {
        /**
         * A value or its absence for each of these keys, with what it was computed from.
         *
         * @param missing the requested keys for which the cache has no value; at least one, each key once
         */
        Map<EntryKey<T>, Loaded<T>> load(List<EntryKey<T>> missing) throws X;
    }
}
