// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reactor;

import dev.freshet.cache.CacheReads;
import dev.freshet.cache.CacheResult;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.Loader;
import dev.freshet.cache.view.EntryKey;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * Reads through the cache as Monos, with the guarantee of the {@link CacheReads} behind it. Nothing happens before a
 * Mono is subscribed to, and each subscription is a separate read. An exception of the loader is the Mono's error.
 * Cancelling a subscription does not stop a load that others may be waiting for. Thread-safe; cheap to create.
 */
public final class ReactorReads {
    private final CacheReads reads;

    private ReactorReads(CacheReads reads) {
        this.reads = Objects.requireNonNull(reads, "reads");
    }

    /**
     * Reads through a cache, at level eventual, or through what {@code cache.at(…)} returned, at its level.
     *
     * @param reads not null
     */
    public static ReactorReads over(CacheReads reads) {
        return new ReactorReads(reads);
    }

    /**
     * Reads a value, see {@link CacheReads#getAsync}. The loader may block, because it runs in a thread of the cache.
     */
    public <T, X extends Exception> Mono<CacheResult<T>> get(EntryKey<T> key, Loader<T, X> loader) {
        return Mono.fromFuture(() -> reads.getAsync(key, loader), true);
    }

    /**
     * Reads a value that a Mono computes, for example with R2DBC. A thread of the cache is blocked until the Mono ends.
     *
     * @param loader subscribed to for each load, after the cache took the token that guards the fill. So it must begin
     *     its transaction on subscription, not earlier. Must not be empty: for 'does not exist' use {@link
     *     Loaded#absent}
     */
    public <T> Mono<CacheResult<T>> get(EntryKey<T> key, Mono<Loaded<T>> loader) {
        return get(key, loader::block).onErrorMap(Exceptions::unwrap);
    }

    /** Reads several values, see {@link CacheReads#getAllAsync}. The loader may block; it has a thread of the cache. */
    public <T, X extends Exception> Mono<Map<EntryKey<T>, CacheResult<T>>> getAll(
            Collection<EntryKey<T>> keys, Loader.OfMany<T, X> loader) {
        return Mono.fromFuture(() -> reads.getAllAsync(keys, loader), true);
    }
}
