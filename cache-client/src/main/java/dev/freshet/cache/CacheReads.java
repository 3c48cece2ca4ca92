// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.view.EntryKey;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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

    /**
     * What the cache has, if it is known to be fresh enough; nothing is loaded. For callers that must load in a way that
     * the cache may not store, as within a transaction that began earlier.
     *
     * @return empty if the caller has to load. Present, with a result without a value, if the cache knows that what was
     *     asked for does not exist
     * @throws ForeignPositionException as {@link #get}, if this cache knows its cluster
     * @throws InterruptedReadException as {@link #get}
     */
    <T> Optional<CacheResult<T>> find(EntryKey<T> key);

    /**
     * Reads a value as {@link #get} does, without keeping a thread waiting for Redis, or for the load of another read or
     * process. The loader runs in a thread of {@link FreshetCacheBuilder#executor}; it must not wait there for another
     * asynchronous read.
     *
     * @return ends with the value, or with what {@link #get} would throw: what the loader threw is the cause of the {@link
     *     java.util.concurrent.CompletionException} that {@code join} throws. To cancel it does not stop a load
     */
    <T, X extends Exception> CompletableFuture<CacheResult<T>> getAsync(EntryKey<T> key, Loader<T, X> loader);

    /**
     * Reads several values, each under the same rules as {@link #get}. Redis is asked once for all keys of one owner, and
     * the loader once for all that miss. The values need not be of one moment: each is as fresh as the level says, by
     * itself.
     *
     * @param keys in any order; may have different views and owners. Equal keys count once
     * @param loader computes what the cache does not have. It may be asked more than once, for other keys each time, where
     *     others were loading some of them
     * @return an answer for each key, in the order of the keys
     * @throws X what the loader threw, unchanged; then no key is answered
     */
    <T, X extends Exception> Map<EntryKey<T>, CacheResult<T>> getAll(
            Collection<EntryKey<T>> keys, Loader.OfMany<T, X> loader) throws X;

    /** Reads several values as {@link #getAll} does, without keeping a thread waiting; see {@link #getAsync}. */
    <T, X extends Exception> CompletableFuture<Map<EntryKey<T>, CacheResult<T>>> getAllAsync(
            Collection<EntryKey<T>> keys, Loader.OfMany<T, X> loader);
}
