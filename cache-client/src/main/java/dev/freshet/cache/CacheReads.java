// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.view.EntryKey;

/**
 * Reads through the cache, all at one level of consistency: a {@link FreshetCache} itself at level eventual, and what
 * {@link FreshetCache#at} answers at any other. Thread-safe; cheap to make.
 */
public interface CacheReads {
    /**
     * Reads a value from the cache if the cache is known to be fresh enough, or else loads it and offers it to the
     * cache.
     *
     * @param loader computes the value if the cache has none. All callers of a key must load the same thing: a caller
     *     may be answered by the load of another caller, and then also gets what that loader threw. The loader must not
     *     ask this cache for the same key
     * @return the value and how the read was answered
     * @throws X what the loader threw, unchanged
     * @throws ForeignPositionException if a session's position belongs to another PostgreSQL cluster than the one that
     *     loaders read. Checked after the load, and only if this cache knows its cluster, see {@link
     *     FreshetCacheBuilder#database} and {@link Loaded#from}
     * @throws TooManyLoadsException if a limit on loads is set and reached
     * @throws InterruptedReadException if the thread was interrupted before the call, or while it waited for Redis or
     *     for the load of another caller; it stays interrupted. Once the loader has returned, its value is returned and
     *     the thread stays interrupted
     */
    <T, X extends Exception> CacheResult<T> get(EntryKey<T> key, Loader<T, X> loader) throws X;
}
