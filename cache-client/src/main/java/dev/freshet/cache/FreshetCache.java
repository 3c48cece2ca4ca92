// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.read.ReadThrough;
import dev.freshet.cache.store.CircuitBreaker;
import dev.freshet.cache.store.RedisStore;
import dev.freshet.cache.store.RedisUnavailable;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.PositionField;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.RedisLink;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A read-through cache of values in Redis, kept coherent by the invalidator. A read asks Redis first. On a miss it
 * takes a token, runs the loader and offers the value to Redis ({@code begin}, {@code load}, {@code fill}; specified in
 * {@code docs/keys-and-tags.md}). Redis refuses the value if anything it was computed from has been purged since the
 * token was taken. Within one process, only one load of a key runs at a time, and readers share its value where that
 * keeps the guarantee below.
 *
 * <p>Guarantee: once the invalidator has published the position of a commit, no later read gets a cached value that was
 * computed without that commit. With a near cache, at level eventual, this holds with a short delay: see {@link
 * FreshetCacheBuilder#nearMaxAge} and {@link FreshetCacheBuilder#outageMaxAge}. A read may ask for more, see {@link
 * Consistency}. Every stored value expires after its time to live in any case.
 *
 * <p>A read never fails because Redis is unreachable, slow or failing: the loader answers instead. After several
 * timeouts in a row Redis is not asked for a while. After {@link #close()} the loader answers every read.
 *
 * <p>Thread-safe. {@link #get} and {@link #getAll} block the calling thread, and the loader runs in it.
 */
public final class FreshetCache implements CacheReads, AutoCloseable {
    private final RedisLink<String, byte[]> link;
    private final RedisStore store;
    private final CircuitBreaker breaker;
    private final ReadThrough reads;
    private final TypedReads eventual;

    FreshetCache(
            RedisLink<String, byte[]> link,
            RedisStore store,
            CircuitBreaker breaker,
            ReadThrough reads,
            TypedReads eventual) {
        this.link = link;
        this.store = store;
        this.breaker = breaker;
        this.reads = reads;
        this.eventual = eventual;
    }

    /** A builder with the defaults. The address of Redis and the namespace are required. */
    public static FreshetCacheBuilder builder() {
        return new FreshetCacheBuilder();
    }

    /**
     * Reads a value at level eventual: from the cache as it is, or else by loading it and offering it to the cache.
     */
    @Override
    public <T, X extends Exception> CacheResult<T> get(EntryKey<T> key, Loader<T, X> loader) throws X {
        return eventual.get(key, loader);
    }

    @Override
    public <T> Optional<CacheResult<T>> find(EntryKey<T> key) {
        return eventual.find(key);
    }

    @Override
    public <T, X extends Exception> CompletableFuture<CacheResult<T>> getAsync(EntryKey<T> key, Loader<T, X> loader) {
        return eventual.getAsync(key, loader);
    }

    @Override
    public <T, X extends Exception> Map<EntryKey<T>, CacheResult<T>> getAll(
            Collection<EntryKey<T>> keys, Loader.OfMany<T, X> loader) throws X {
        return eventual.getAll(keys, loader);
    }

    @Override
    public <T, X extends Exception> CompletableFuture<Map<EntryKey<T>, CacheResult<T>>> getAllAsync(
            Collection<EntryKey<T>> keys, Loader.OfMany<T, X> loader) {
        return eventual.getAllAsync(keys, loader);
    }

    /**
     * Reads at another level:
     *
     * <pre>{@code
     * cache.at(Consistency.session(position)).get(TASK.key(42).ownedBy("u1"), () -> loadTask("u1", 42));
     * }</pre>
     *
     * @param consistency how fresh values must be
     */
    public CacheReads at(Consistency consistency) {
        return eventual.at(consistency);
    }

    /**
     * Evicts values of all views that were computed from something outside the database's tables. Call it once loaders
     * can see the change. When it returns, no read from Redis gets a value that was loaded before the call, and loads
     * in progress are not stored. This process does not answer with either of them if a later load fails. The memory of
     * other processes follows within {@link FreshetCacheBuilder#nearMaxAge}.
     *
     * <p>Changes of rows need no such call. The published position does not cover these evictions: levels bounded and
     * session hold for what is in tables. If Redis fails over to a replica that did not receive the eviction, the
     * values are back until they expire.
     *
     * @param owner whose values to evict; {@link Isolate#SHARED} for values without an owner
     * @param tags usually tags made by {@link Tag#told}
     * @throws NotInvalidatedException if Redis did not confirm it; then call this again
     * @throws InterruptedReadException if the thread was interrupted; then it is unknown whether the values were
     *     evicted
     */
    public void invalidate(Isolate owner, Collection<Tag> tags) {
        try {
            reads.invalidate(owner, tags.stream().distinct().toList());
        } catch (RedisUnavailable e) {
            throw new NotInvalidatedException(tags.size(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedReadException(e);
        }
    }

    /**
     * Redis did not confirm an eviction. Until another attempt succeeds, reads may get values from before the change.
     */
    public static final class NotInvalidatedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotInvalidatedException(int tags, RedisUnavailable cause) {
            super(
                    "Redis did not confirm that what was computed from " + tags + " tags was evicted ("
                            + cause.getMessage()
                            + "); cached values may be from before until this is called again, or until they expire",
                    cause);
        }
    }

    /** Whether Redis can be asked right now. Does no I/O: suitable for a health check. */
    public boolean isRedisAvailable() {
        return link.isConnected() && !breaker.isOpen();
    }

    /**
     * Why values are not cached although Redis answers, as far as reads of this process have seen: no invalidator
     * publishes in the namespace, or it works on another database, or it does not evict some kinds of tags. Empty if
     * there is no such reason. Does no I/O.
     */
    public Optional<String> uncached() {
        return store.problem();
    }

    /**
     * What an invalidator has published for readers. A value is empty if no invalidator has published it, or if the
     * invalidator is working on a gap.
     *
     * @param position up to which everything has been evicted
     * @param updatedAt when that was published, by the clock of the invalidator
     * @param contract which tags it evicts, for which mapping
     */
    public record Published(Optional<WalPosition> position, Optional<Instant> updatedAt, Optional<Contract> contract) {}

    /**
     * Asks Redis what the invalidator has published, for a health check. In a Redis Cluster each master has its own
     * position; this one is stored beside the entries of {@link Isolate#SHARED}.
     *
     * @return empty if Redis does not answer within {@link FreshetCacheBuilder#commandTimeout}
     * @throws InterruptedReadException if the thread was interrupted
     */
    public Optional<Published> published() {
        try {
            var fields = store.published();
            var position = WalPosition.find(fields.get(PositionField.LSN))
                    .map(found -> found.in(fields.get(PositionField.SYSTEM)));
            var updatedAt = Optional.ofNullable(fields.get(PositionField.UPDATED_AT))
                    .filter(micros -> micros.matches("[0-9]{1,18}"))
                    .map(micros -> Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS));
            return Optional.of(new Published(position, updatedAt, Contract.of(fields)));
        } catch (RedisUnavailable e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedReadException(e);
        }
    }

    /** Closes the connection to Redis. Reads in progress end with what their loaders return. */
    @Override
    public void close() {
        reads.close();
        link.close();
    }
}
