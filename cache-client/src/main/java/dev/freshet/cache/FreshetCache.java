// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.flight.Flight;
import dev.freshet.cache.flight.RecentLandings;
import dev.freshet.cache.near.NearCache;
import dev.freshet.cache.near.NearValue;
import dev.freshet.cache.store.BeginReply;
import dev.freshet.cache.store.BeginRequest;
import dev.freshet.cache.store.CircuitBreaker;
import dev.freshet.cache.store.Demand;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.LoaderDatabase;
import dev.freshet.cache.store.RedisStore;
import dev.freshet.cache.store.RedisUnavailable;
import dev.freshet.cache.warming.Budget;
import dev.freshet.cache.warming.Warmer;
import dev.freshet.cache.warming.WarmingOutcome;
import dev.freshet.cache.warming.WarmingSettings;
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
 * A read-through cache of JSON values in Redis, kept coherent by the invalidator. A read asks Redis first. On a miss it
 * takes a token, runs the loader and offers the value to Redis ({@code begin}, {@code load}, {@code fill}). Redis
 * refuses the value if anything it was computed from has been purged since the token was taken. Within one process,
 * only one load of a key runs at a time, and readers share its value where they may.
 *
 * <p>Guarantee: once the invalidator has published the position of a commit, no later read gets a cached value that was
 * computed without that commit. With a near cache, at level eventual, this holds with a short delay: see {@link
 * FreshetCacheBuilder#nearMaxAge} and {@link FreshetCacheBuilder#outageMaxAge}. A read may ask for more, see {@link
 * Consistency}. Every stored value expires after its time to live in any case.
 *
 * <p>An unreachable, slow or failing Redis never fails a read: the loader answers, and after several timeouts Redis is
 * not asked for a while. After {@link #close()} the loader answers every read.
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
    private final LoaderDatabase database;
    private final NearCache near;
    private final Warmer<Loader<?>> warmer;
    private final Budget warmingBudget;
    private final CacheMetrics metrics;
    private final ConcurrentHashMap<String, Flight<CacheResult>> flights = new ConcurrentHashMap<>();
    private final RecentLandings landings = new RecentLandings();
    private final AtomicLong tickets = new AtomicLong();

    /** @param warming null to warm nothing */
    FreshetCache(
            CacheKeys keys,
            RedisLink<String, byte[]> link,
            RedisStore store,
            CircuitBreaker breaker,
            LoadRunner loads,
            LoaderDatabase database,
            NearCache near,
            WarmingSettings warming,
            CacheMetrics metrics) {
        this.keys = keys;
        this.link = link;
        this.store = store;
        this.breaker = breaker;
        this.loads = loads;
        this.database = database;
        this.near = near;
        this.metrics = metrics;
        this.warmer = warming == null ? null : new Warmer<>(warming, this::refresh, metrics::warming, System::nanoTime);
        this.warmingBudget = warming == null ? null : new Budget(warming.loadsPerSecond(), System::nanoTime);
        near.start(warmer == null ? key -> {} : warmer::changed);
    }

    /** A builder with the defaults. The address of Redis and the namespace are required. */
    public static FreshetCacheBuilder builder() {
        return new FreshetCacheBuilder();
    }

    /**
     * Reads a value at level eventual: from the cache as it stands, or else by loading it and offering it to the cache.
     *
     * @see #get(EntryKey, Consistency, Loader)
     */
    public <X extends Exception> CacheResult get(EntryKey key, Loader<X> loader) throws X, InterruptedException {
        return get(key, Consistency.eventual(), loader);
    }

    /**
     * Reads a value from the cache if the cache is known to be fresh enough, or else loads it and offers it to the
     * cache.
     *
     * @param consistency how fresh the value must be
     * @param loader computes the value if the cache has none. All callers of a key must load the same thing: a caller
     *     may be answered by the load of another caller, and then also gets what that loader threw. The loader must not
     *     ask this cache for the same key
     * @return the value and how the read was answered
     * @throws X what the loader threw, unchanged
     * @throws ForeignPositionException if a session's position belongs to another PostgreSQL cluster than the one that
     *     loaders read. Checked after the load, and only if this cache knows its cluster, see {@link
     *     FreshetCacheBuilder#database} and {@link Loaded#from}
     * @throws TooManyLoadsException if a limit on loads is set and reached
     * @throws InterruptedException if the thread was interrupted before the call, or while it waited for Redis or for
     *     the load of another caller. Once the loader has returned, its value is returned and the thread stays
     *     interrupted
     */
    public <X extends Exception> CacheResult get(EntryKey key, Consistency consistency, Loader<X> loader)
            throws X, InterruptedException {
        Objects.requireNonNull(consistency, "consistency");
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        var entry = new EntryAddress(key.isolate(), key.in(keys));
        String name = entry.name();
        if (warmer != null) {
            warmer.read(entry, loader);
        }
        Demand demand = demand(consistency);
        NearValue kept = near.beforeRedis(entry, demand);
        if (kept != null) {
            return answer(result(kept, CacheStatus.NEAR), consistency);
        }
        long arrival = tickets.incrementAndGet();
        for (boolean askedTwice = false; ; ) {
            long asked = tickets.incrementAndGet();
            BeginRequest asking = near.asking(entry);
            BeginReply begun = begin(asking, demand);
            if (begun.entry() != null) {
                return answer(hit(begun, asking), consistency);
            }
            if (begun == BeginReply.WITHOUT_REDIS) {
                kept = near.withoutRedis(entry, demand);
                if (kept != null) {
                    return answer(result(kept, CacheStatus.MEMORY), consistency);
                }
            }
            var mine = new Flight<CacheResult>(tickets.incrementAndGet());
            Flight<CacheResult> standing = flights.putIfAbsent(name, mine);
            if (standing != null) {
                CacheResult shared = standing.<X>await(arrival, consistency == Consistency.eventual());
                if (shared != null) {
                    metrics.shared();
                    return answer(shared, consistency);
                }
            } else if (begun.token() != null && !askedTwice && landings.since(asked, name)) {
                askedTwice = true;
                end(mine, name, Flight.Landing.none());
            } else {
                return answer(lead(mine, entry, begun, loader), consistency);
            }
        }
    }

    /** Whether Redis can be asked right now. Does no I/O: suitable for a health check. */
    public boolean isRedisAvailable() {
        return link.isConnected() && !breaker.isOpen();
    }

    /**
     * Why values are not cached although Redis answers, as seen by reads of this process: no invalidator publishes in
     * the namespace, or it works on another database, or it does not evict some kinds of tags. Does no I/O.
     */
    public Optional<String> uncached() {
        return store.problem();
    }

    /** Closes the connection to Redis. Reads in progress end with what their loaders return. */
    @Override
    public void close() {
        if (warmer != null) {
            warmer.close();
        }
        near.close();
        link.close();
    }

    /** What a read at a level demands of the published position. */
    private static Demand demand(Consistency consistency) {
        if (consistency instanceof Consistency.Bounded bounded) {
            return new Demand.MaxAge(bounded.maxAge());
        }
        if (consistency instanceof Consistency.Session session) {
            var position = session.position();
            return new Demand.Reached(position.place(), position.system().orElse(null));
        }
        return consistency == Consistency.strong() ? Demand.LOAD : Demand.NONE;
    }

    private BeginReply begin(BeginRequest asking, Demand demand) throws InterruptedException {
        if (demand == Demand.LOAD) {
            return BeginReply.WITHOUT_REDIS;
        }
        try {
            return store.begin(asking, demand);
        } catch (RedisUnavailable e) {
            LOG.debug("read without Redis: {}", e.getMessage());
            return BeginReply.WITHOUT_REDIS;
        }
    }

    private CacheResult hit(BeginReply begun, BeginRequest asking) {
        var entry = EntryFormat.of(begun.entry());
        var value = new NearValue(entry.value(), Lsn.find(entry.at()).orElse(null), database.system());
        if (begun.heard()) {
            near.keep(asking, entry, value);
        }
        return result(value, CacheStatus.HIT);
    }

    private static CacheResult result(NearValue value, CacheStatus status) {
        var position = value.lsn() == null ? null : new WalPosition(value.lsn(), value.system());
        return new CacheResult(value.json(), status, position);
    }

    private <X extends Exception> CacheResult lead(
            Flight<CacheResult> flight, EntryAddress entry, BeginReply begun, Loader<X> loader)
            throws X, InterruptedException {
        var landing = Flight.Landing.<CacheResult>none();
        try {
            Loaded loaded = loads.load(loader);
            flight.sealBeforeFill();
            CacheStatus filled = loads.fill(entry, begun, loaded);
            boolean told = filled == CacheStatus.UNCOVERED || filled == CacheStatus.NO_INVALIDATOR;
            var status = begun.behind() && !told ? CacheStatus.BEHIND : filled;
            landing = new Flight.Landing<>(
                    new CacheResult(loaded.json(), status, positionOf(loaded)), null, filled == CacheStatus.MISS);
            return landing.result();
        } catch (Throwable failure) {
            // An interrupt concerns this thread only; waiters try for themselves.
            boolean ownAffair = failure instanceof InterruptedException
                    || Thread.currentThread().isInterrupted();
            landing = new Flight.Landing<>(null, ownAffair ? null : failure, false);
            throw failure;
        } finally {
            landings.landed(entry.name(), tickets.incrementAndGet());
            end(flight, entry.name(), landing);
        }
    }

    private void end(Flight<CacheResult> flight, String name, Flight.Landing<CacheResult> landing) {
        flights.remove(name, flight);
        flight.land(landing);
    }

    /** Refreshes a hot key that changed: from Redis, or by a load that only one of all readers makes. */
    private void refresh(Warmer.Hot<Loader<?>> hot) throws Exception {
        EntryAddress entry = hot.entry();
        if (beginToKeep(entry).entry() != null) {
            metrics.warming(WarmingOutcome.PRESENT);
        } else if (flights.containsKey(entry.name()) || !store.lockWarming(entry)) {
            metrics.warming(WarmingOutcome.ELSEWHERE);
        } else {
            try {
                metrics.warming(warm(entry, hot.loader()));
            } finally {
                store.unlockWarming(entry);
            }
        }
    }

    private <X extends Exception> WarmingOutcome warm(EntryAddress entry, Loader<X> loader) throws Exception {
        // Ask again: the previous holder of the lock may have stored the entry.
        BeginReply begun = beginToKeep(entry);
        if (begun.entry() != null) {
            return WarmingOutcome.PRESENT;
        }
        var mine = new Flight<CacheResult>(tickets.incrementAndGet());
        if (begun.uncached()) {
            return WarmingOutcome.FAILED;
        }
        if (flights.putIfAbsent(entry.name(), mine) != null) {
            return WarmingOutcome.ELSEWHERE;
        }
        if (!warmingBudget.take()) {
            end(mine, entry.name(), Flight.Landing.none());
            return WarmingOutcome.OVER_BUDGET;
        }
        lead(mine, entry, begun, loader);
        return WarmingOutcome.LOADED;
    }

    private BeginReply beginToKeep(EntryAddress entry) throws RedisUnavailable, InterruptedException {
        BeginRequest asking = near.asking(entry);
        BeginReply begun = store.begin(asking, Demand.NONE);
        if (begun.entry() != null) {
            hit(begun, asking);
        }
        return begun;
    }

    /** The position of the load, with the cluster that the loader reported, or else the known one. */
    private WalPosition positionOf(Loaded loaded) {
        var position = loaded.position();
        return position == null || position.system().isPresent() ? position : position.in(database.system());
    }

    /**
     * Checks the position of a session only after a loader was asked. After the database was moved, only the loader can
     * tell which cluster it reads now. Until then nothing in the cache proves enough for a position of the new cluster.
     */
    private CacheResult answer(CacheResult result, Consistency consistency) {
        if (consistency instanceof Consistency.Session session) {
            String system = result.position().flatMap(WalPosition::system).orElseGet(database::system);
            if (session.position().isForeignTo(system)) {
                throw new ForeignPositionException(session.position(), system);
            }
        }
        metrics.read(result, consistency);
        return result;
    }
}
