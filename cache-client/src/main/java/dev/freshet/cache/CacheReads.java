// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.view.EntryKey;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads through the cache at one level of consistency. A {@link FreshetCache} itself reads at level eventual; {@link
 * FreshetCache#at} returns reads at another level. Thread-safe; cheap to create.
 */
public interface CacheReads {
    /**
     * Reads a value from the cache if the cache is known to be fresh enough. Otherwise loads it and offers it to the
     * cache.
     *
     * @param loader computes the value if the cache cannot answer. All callers of a key must load the same thing,
     *     because a caller may get the result of another caller's load, or the exception that it threw. The loader must
     *     not read the same key from this cache
     * @return the value and how the read was answered
     * @throws X what the loader threw, unchanged
     * @throws ForeignPositionException if the position of a session belongs to a PostgreSQL cluster other than the one
     *     that loaders read. Checked after the load, and only if this cache knows its cluster, see {@link
     *     FreshetCacheBuilder#database} and {@link Loaded#from}
     * @throws TooManyLoadsException if a limit on loads is set and reached, see {@link FreshetCacheBuilder#maxLoads}
     * @throws InterruptedReadException if the thread was interrupted before the call, or while it waited for Redis or
     *     for another caller's load; it stays interrupted. If the loader has already returned, its value is returned
     *     instead, and the thread stays interrupted
     */
    <T, X extends Exception> CacheResult<T> get(EntryKey<T> key, Loader<T, X> loader) throws X;

    /**
     * Returns what the cache has, if the cache is known to be fresh enough. Loads nothing. Use it when the load must
     * run in a way that the cache may not store, such as in a transaction that began earlier.
     *
     * @return empty if the caller has to load. A result without a value if the cache knows that what was asked for does
     *     not exist
     * @throws ForeignPositionException as for {@link #get}, if this cache knows its cluster
     * @throws InterruptedReadException as for {@link #get}
     */
    <T> Optional<CacheResult<T>> find(EntryKey<T> key);

    /**
     * Reads a value as {@link #get} does, but blocks no thread while it waits for Redis or for the load of another read
     * or process. The loader runs in a thread of {@link FreshetCacheBuilder#executor}. It must not wait there for
     * another asynchronous read.
     *
     * @return completes with the value, or with what {@link #get} would throw. An exception of the loader is the cause
     *     of the {@link java.util.concurrent.CompletionException} that {@code join} throws. Cancelling the future does
     *     not stop a load
     */
    <T, X extends Exception> CompletableFuture<CacheResult<T>> getAsync(EntryKey<T> key, Loader<T, X> loader);

    /**
     * Reads several values, each under the same rules as {@link #get}. There is one request to Redis for all keys of an
     * owner, and one call of the loader for all misses. The values are not a snapshot of one moment: each one is as
     * fresh as the level requires.
     *
     * @param keys in any order; may have different views and owners. Equal keys count once
     * @param loader computes what the cache does not have. It may be called more than once, each time for other keys,
     *     if other readers were loading some of them
     * @return an answer for each key, in the order of the keys
     * @throws X what the loader threw, unchanged; then there is no answer for any key
     */
    <T, X extends Exception> Map<EntryKey<T>, CacheResult<T>> getAll(
            Collection<EntryKey<T>> keys, Loader.OfMany<T, X> loader) throws X;

    /** Reads several values as {@link #getAll} does, but blocks no thread; see {@link #getAsync}. */
    <T, X extends Exception> CompletableFuture<Map<EntryKey<T>, CacheResult<T>>> getAllAsync(
            Collection<EntryKey<T>> keys, Loader.OfMany<T, X> loader);
}
