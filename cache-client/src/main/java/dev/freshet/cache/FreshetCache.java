// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.Lsn;
import dev.freshet.redis.RedisLink;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
 * had published before the reader asked; with a near cache, at level eventual, before a moment ago: see {@link
 * FreshetCacheBuilder#nearMaxAge} and {@link FreshetCacheBuilder#outageMaxAge}. A read may ask for more, see {@link
 * Consistency}. What is stored expires in any case, after the time to live.
 *
 * <p>An unreachable, slow or failing Redis never fails a read: the loader answers, and Redis is left alone for a moment
 * after some timeouts. After {@link #close()} the loader answers every read.
 *
 * <p>Thread-safe. Reads block the calling thread; the loader runs in it.
 */
public final class FreshetCache implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FreshetCache.class);

    private final CacheKeys keys;
    private final RedisLink<String, byte[]> link;
    private final RedisStore store;
    private final CircuitBreaker breaker;
    private final LoadRunner loads;
    private final NearCache near;
    private final Warmer warmer;
    private final Budget warmingBudget;
    private final CacheMetrics metrics;
    private final ConcurrentHashMap<String, Flight> flights = new ConcurrentHashMap<>();
    private final RecentLandings landings = new RecentLandings();
    private final AtomicLong tickets = new AtomicLong();

    /** @param warming null if nothing is to be warmed */
    FreshetCache(
            CacheKeys keys,
            RedisLink<String, byte[]> link,
            RedisStore store,
            CircuitBreaker breaker,
            LoadRunner loads,
            NearCache near,
            WarmingSettings warming,
            CacheMetrics metrics) {
        this.keys = keys;
        this.link = link;
        this.store = store;
        this.breaker = breaker;
        this.loads = loads;
        this.near = near;
        this.metrics = metrics;
        this.warmer = warming == null ? null : new Warmer(warming, this::refresh, metrics, System::nanoTime);
        this.warmingBudget = warming == null ? null : new Budget(warming.loadsPerSecond(), System::nanoTime);
        near.start(warmer == null ? key -> {} : warmer::changed);
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
     * @throws ForeignPositionException if a session's position is of another cluster of PostgreSQL than the one that loaders
     *     read. Checked after the load, if this cache knows that one, see {@link FreshetCacheBuilder#database} and {@link
     *     Loaded#from}
     * @throws TooManyLoadsException if a limit on loads is set and reached
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
        if (warmer != null) {
            warmer.read(name, key, loader);
        }
        CacheResult kept = near.beforeRedis(name, consistency);
        if (kept != null) {
            return answer(kept, consistency);
        }
        long arrival = tickets.incrementAndGet();
        for (boolean askedTwice = false; ; ) {
            long asked = tickets.incrementAndGet();
            BeginRequest asking = near.asking(name);
            BeginReply begun = begin(key, consistency, asking);
            if (begun.entry() != null) {
                return answer(hit(key, begun, asking), consistency);
            }
            if (begun == BeginReply.WITHOUT_REDIS) {
                kept = near.withoutRedis(name, consistency);
                if (kept != null) {
                    return answer(kept, consistency);
                }
            }
            var mine = new Flight(tickets.incrementAndGet());
            Flight standing = flights.putIfAbsent(name, mine);
            if (standing != null) {
                CacheResult shared = standing.<X>await(arrival, consistency == Consistency.eventual());
                if (shared != null) {
                    metrics.shared();
                    return answer(shared, consistency);
                }
            } else if (begun.token() != null && !askedTwice && landings.since(asked, name)) {
                askedTwice = true;
                end(mine, name, Flight.Landing.NONE);
            } else {
                return answer(lead(mine, key, name, begun, loader), consistency);
            }
        }
    }

    /** Whether Redis can be asked at this moment. Costs nothing: fit for a health check. */
    public boolean isRedisAvailable() {
        return link.isConnected() && !breaker.isOpen();
    }

    /**
     * What keeps values from being cached although Redis answers, as reads of this process met it: that no invalidator
     * publishes in the namespace, or which kinds of tags it does not evict. Costs nothing.
     */
    public Optional<String> uncached() {
        return store.problem();
    }

    /** Closes the connection to Redis. Reads that are under way end with what their loaders answer. */
    @Override
    public void close() {
        if (warmer != null) {
            warmer.close();
        }
        near.close();
        link.close();
    }

    private BeginReply begin(EntryKey key, Consistency consistency, BeginRequest asking) throws InterruptedException {
        if (consistency == Consistency.strong()) {
            return BeginReply.WITHOUT_REDIS;
        }
        try {
            return store.begin(key, consistency, asking);
        } catch (RedisUnavailable e) {
            LOG.debug("read without Redis: {}", e.getMessage());
            return BeginReply.WITHOUT_REDIS;
        }
    }

    private CacheResult hit(EntryKey key, BeginReply begun, BeginRequest asking) {
        var entry = EntryFormat.of(begun.entry());
        var position = Lsn.find(entry.at())
                .map(lsn -> new WalPosition(lsn, store.system()))
                .orElse(null);
        var result = new CacheResult(entry.value(), CacheStatus.HIT, position);
        if (begun.heard()) {
            near.keep(asking, key, entry, result);
        }
        return result;
    }

    private <X extends Exception> CacheResult lead(
            Flight flight, EntryKey key, String name, BeginReply begun, Loader<X> loader)
            throws X, InterruptedException {
        var landing = Flight.Landing.NONE;
        try {
            Loaded loaded = loads.load(loader);
            flight.sealBeforeFill();
            CacheStatus filled = loads.fill(key, begun, loaded);
            boolean told = filled == CacheStatus.UNCOVERED || filled == CacheStatus.NO_INVALIDATOR;
            var status = begun.behind() && !told ? CacheStatus.BEHIND : filled;
            landing = new Flight.Landing(
                    new CacheResult(loaded.json(), status, positionOf(loaded)), null, filled == CacheStatus.MISS);
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

    /** Brings a hot key up to date that changed: from Redis, or by a load that one reader of all makes. */
    private void refresh(Warmer.Hot hot) throws Exception {
        if (beginToKeep(hot).entry() != null) {
            metrics.warming(WarmingOutcome.PRESENT);
        } else if (flights.containsKey(hot.name()) || !store.lockWarming(hot.key())) {
            metrics.warming(WarmingOutcome.ELSEWHERE);
        } else {
            try {
                metrics.warming(warm(hot, hot.loader()));
            } finally {
                store.unlockWarming(hot.key());
            }
        }
    }

    private <X extends Exception> WarmingOutcome warm(Warmer.Hot hot, Loader<X> loader) throws Exception {
        // Once more: who held the lock before may be ready with it.
        BeginReply begun = beginToKeep(hot);
        if (begun.entry() != null) {
            return WarmingOutcome.PRESENT;
        }
        var mine = new Flight(tickets.incrementAndGet());
        if (begun.uncached()) {
            return WarmingOutcome.FAILED;
        }
        if (flights.putIfAbsent(hot.name(), mine) != null) {
            return WarmingOutcome.ELSEWHERE;
        }
        if (!warmingBudget.take()) {
            end(mine, hot.name(), Flight.Landing.NONE);
            return WarmingOutcome.OVER_BUDGET;
        }
        lead(mine, hot.key(), hot.name(), begun, loader);
        return WarmingOutcome.LOADED;
    }

    private BeginReply beginToKeep(Warmer.Hot hot) throws RedisUnavailable, InterruptedException {
        BeginRequest asking = near.asking(hot.name());
        BeginReply begun = store.begin(hot.key(), Consistency.eventual(), asking);
        if (begun.entry() != null) {
            hit(hot.key(), begun, asking);
        }
        return begun;
    }

    /** Of the cluster that the loader tells, or else of the one that is known. */
    private WalPosition positionOf(Loaded loaded) {
        var position = loaded.position();
        return position == null || position.system().isPresent() ? position : position.in(store.system());
    }

    /**
     * Not before a loader was asked: after the database was moved it alone tells which cluster it reads by now. Until then
     * nothing that is cached proves enough for a position of the new one.
     */
    private CacheResult answer(CacheResult result, Consistency consistency) {
        if (consistency instanceof Consistency.Session session) {
            String system = result.position().flatMap(WalPosition::system).orElseGet(store::system);
            if (session.position().isForeignTo(system)) {
                throw new ForeignPositionException(session.position(), system);
            }
        }
        metrics.read(result, consistency);
        return result;
    }
}
