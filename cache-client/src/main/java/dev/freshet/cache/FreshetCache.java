// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.model.key.CacheKeys;
import dev.freshet.redis.RedisLink;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A read-through cache of JSON values in Redis, kept coherent by the invalidator. A read asks Redis; if there is nothing
 * it takes a token, runs the loader, and offers the value to Redis, which refuses it if anything it was computed from
 * has been purged since the token was taken ({@code begin}, {@code load}, {@code fill}). In one process one load of a
 * key runs at a time, and readers that may share its value do.
 *
 * <p>Guarantee: no reader gets from the cache a value that was computed without a commit whose position the invalidator
 * had published before the reader asked. A read may ask for more, see {@link Consistency}. What is stored expires in any case, after the time to live.
 *
 * <p>An unreachable, slow or failing Redis never fails a read: the loader answers, and Redis is left alone for a moment
 * after some timeouts. After {@link #close()} the loader answers every read.
 *
 * <p>Thread-safe. Reads block the calling thread; the loader runs in it.
 */
public final class FreshetCache implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FreshetCache.class);

    private final CacheKeys keys;
    private final CacheSettings settings;
    private final RedisLink<String, byte[]> link;
    private final RedisStore store;
    private final CircuitBreaker breaker;
    private final CacheMetrics metrics;
    private final ConcurrentHashMap<String, Flight> flights = new ConcurrentHashMap<>();
    private final RecentLandings landings = new RecentLandings();
    private final AtomicLong tickets = new AtomicLong();

    FreshetCache(
            CacheSettings settings,
            RedisLink<String, byte[]> link,
            RedisStore store,
            CircuitBreaker breaker,
            CacheMetrics metrics) {
        this.keys = settings.keys();
        this.settings = settings;
        this.link = link;
        this.store = store;
        this.breaker = breaker;
        this.metrics = metrics;
    }

    /** Starts with the defaults; the address of Redis and the namespace must be given. */
    public static FreshetCacheBuilder builder() {
        return new FreshetCacheBuilder();
    }

    /**
     * Reads a value from the cache as it stands, or loads it and offers it to the cache.
     *
     * @see #get(EntryKey, Consistency, Loader)
     */
    public <X extends Exception> CacheResult get(EntryKey key, Loader<X> loader) throws X, InterruptedException {
        return get(key, Consistency.eventual(), loader);
    }

    /**
     * Reads a value from the cache if the cache is known to be fresh enough, or loads it and offers it to the cache.
     *
     * @param consistency how fresh it must be
     * @param loader computes the value if the cache has none. All callers of one key must load the same thing, as one
     *     caller may be answered by the load of another, and so get what that loader threw, too. It must not ask this
     *     cache for the same key
     * @return the value and how it was come by
     * @throws X what the loader threw, unchanged
     * @throws InterruptedException if the thread was interrupted before, or while it waited for Redis or for another's load. Once
     *     the loader has answered, its value is returned and the interrupt left standing
     */
    public <X extends Exception> CacheResult get(EntryKey key, Consistency consistency, Loader<X> loader)
            throws X, InterruptedException {
        Objects.requireNonNull(consistency, "consistency");
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        String name = key.in(keys);
        long arrival = tickets.incrementAndGet();
        for (boolean askedTwice = false; ; ) {
            long asked = tickets.incrementAndGet();
            Begun begun = begin(key, consistency);
            if (begun.entry() != null) {
                var entry = EntryFormat.of(begun.entry());
                return answer(new CacheResult(entry.value(), CacheStatus.HIT, entry.position()));
            }
            var mine = new Flight(tickets.incrementAndGet());
            Flight standing = flights.putIfAbsent(name, mine);
            if (standing != null) {
                CacheResult shared = standing.<X>await(arrival, consistency == Consistency.eventual());
                if (shared != null) {
                    metrics.shared();
                    return answer(shared);
                }
            } else if (begun.token() != null && !askedTwice && landings.since(asked, name)) {
                askedTwice = true;
                end(mine, name, Flight.Landing.NONE);
            } else {
                return answer(lead(mine, key, name, begun, loader));
            }
        }
    }

    /** Whether Redis can be asked at this moment. Costs nothing: fit for a health check. */
    public boolean isRedisAvailable() {
        return link.isConnected() && !breaker.isOpen();
    }

    /** Closes the connection to Redis. Reads that are under way end with what their loaders answer. */
    @Override
    public void close() {
        link.close();
    }

    private Begun begin(EntryKey key, Consistency consistency) throws InterruptedException {
        if (consistency == Consistency.strong()) {
            return Begun.WITHOUT_REDIS;
        }
        try {
            return store.begin(key, consistency);
        } catch (RedisUnavailable e) {
            LOG.debug("read without Redis: {}", e.getMessage());
            return Begun.WITHOUT_REDIS;
        }
    }

    private <X extends Exception> CacheResult lead(
            Flight flight, EntryKey key, String name, Begun begun, Loader<X> loader) throws X {
        var landing = Flight.Landing.NONE;
        try {
            Loaded loaded = load(loader);
            flight.sealBeforeFill();
            CacheStatus filled = fill(key, begun.token(), loaded);
            var status = begun.behind() ? CacheStatus.BEHIND : filled;
            landing = new Flight.Landing(
                    new CacheResult(loaded.json(), status, loaded.position()), null, filled == CacheStatus.MISS);
            return landing.result();
        } catch (Throwable failure) {
            // An interrupt was meant for this thread; those who wait for it try for themselves.
            boolean ownAffair = failure instanceof InterruptedException
                    || Thread.currentThread().isInterrupted();
            landing = new Flight.Landing(null, ownAffair ? null : failure, false);
            throw failure;
        } finally {
            landings.landed(name, tickets.incrementAndGet());
            end(flight, name, landing);
        }
    }

    private void end(Flight flight, String name, Flight.Landing landing) {
        flights.remove(name, flight);
        flight.land(landing);
    }

    private <X extends Exception> Loaded load(Loader<X> loader) throws X {
        long start = System.nanoTime();
        Loaded loaded = null;
        try {
            loaded = loader.load();
        } finally {
            (loaded == null ? metrics.loadFailed : metrics.loaded)
                    .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
        if (loaded == null) {
            throw new NullPointerException("the loader answered null; for 'does not exist' use Loaded.absent");
        }
        return loaded;
    }

    private CacheStatus fill(EntryKey key, Token token, Loaded loaded) {
        if (token == null) {
            return CacheStatus.BYPASS;
        }
        if (loaded.json() != null && loaded.json().length > settings.maxValueBytes()) {
            metrics.refused(Fill.TOO_LARGE);
            return CacheStatus.REFUSED;
        }
        try {
            Fill fill = store.fill(
                    key, token, jittered(loaded.json() == null ? settings.absentTtl() : settings.ttl()), loaded);
            if (fill == Fill.STORED) {
                return CacheStatus.MISS;
            }
            metrics.refused(fill);
            return CacheStatus.REFUSED;
        } catch (RedisUnavailable e) {
            LOG.debug("fill with unknown outcome: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return CacheStatus.BYPASS;
    }

    /** Spreads what was stored at the same moment, so that it does not expire at the same moment. */
    private Duration jittered(Duration ttl) {
        double factor = 1 + settings.ttlJitter() * ThreadLocalRandom.current().nextDouble(-1, 1);
        return Duration.ofMillis(Math.max(1, Math.round(ttl.toMillis() * factor)));
    }

    private CacheResult answer(CacheResult result) {
        metrics.read(result);
        return result;
    }
}
