// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.flight.Flight;
import dev.freshet.cache.flight.RecentLandings;
import dev.freshet.cache.kept.KeptValues;
import dev.freshet.cache.load.CacheMetrics;
import dev.freshet.cache.load.Filler;
import dev.freshet.cache.load.LimitedLoads;
import dev.freshet.cache.near.NearCache;
import dev.freshet.cache.store.BeginReply;
import dev.freshet.cache.store.Demand;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.Fill;
import dev.freshet.cache.store.FillOutcome;
import dev.freshet.cache.store.LoaderDatabase;
import dev.freshet.cache.store.RedisStore;
import dev.freshet.cache.store.RedisUnavailable;
import dev.freshet.cache.warming.WarmingSettings;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The steps of a read, for values as they stand in Redis: {@code begin}, {@code load}, {@code fill}, of which one at a
 * time runs per key. Knows nothing of the types of values. Thread-safe.
 */
public final class ReadThrough implements AutoCloseable {
    private final Asking asking;
    private final Filler filler;
    private final LimitedLoads loads;
    private final LoaderDatabase database;
    private final NearCache near;
    private final Refresher refresher;
    private final CacheMetrics metrics;
    private final ConcurrentHashMap<String, Flight<Answer>> flights = new ConcurrentHashMap<>();
    private final RecentLandings landings = new RecentLandings();

    /**
     * @param kept what was answered last, for when loads fail
     * @param lease for how long one process of all loads an entry, at most; null: each loads for itself
     * @param warming null to refresh nothing
     */
    public ReadThrough(
            RedisStore store,
            Filler filler,
            LimitedLoads loads,
            LoaderDatabase database,
            NearCache near,
            KeptValues kept,
            Duration lease,
            WarmingSettings warming,
            CacheMetrics metrics) {
        this.asking = new Asking(store, database, near, kept, lease, metrics);
        this.filler = filler;
        this.loads = loads;
        this.database = database;
        this.near = near;
        this.metrics = metrics;
        this.refresher = warming == null ? null : new Refresher(this, warming, metrics);
        near.start(this::changed);
    }

    private void changed(byte[] key) {
        asking.changed(key);
        if (refresher != null) {
            refresher.changed(key);
        }
    }

    /** Whether hot entries are loaded ahead of demand. */
    public boolean warms() {
        return refresher != null;
    }

    /** Counts a read, so that the entry is loaded ahead of demand once it is hot. Only if this {@link #warms()}. */
    public void noticed(EntryAddress entry, Load<?> load) {
        refresher.read(entry, load);
    }

    /**
     * Reads an entry, or loads it and offers it to the cache.
     *
     * @param eventual whether it is read at level eventual
     */
    public <X extends Exception> Answer read(EntryAddress entry, Demand demand, boolean eventual, Load<X> load)
            throws X, InterruptedException {
        Answer found = inMemory(entry, demand);
        return found == null ? reading(entry, demand, eventual, load).run() : found;
    }

    /** What the cache has of an entry, if that is fresh enough; null if nothing. */
    public Answer find(EntryAddress entry, Demand demand) throws InterruptedException {
        Answer kept = inMemory(entry, demand);
        if (kept != null) {
            return kept;
        }
        Question asked = asking.ask(entry, demand, false);
        if (asked.isHit()) {
            return asking.hit(asked);
        }
        return asked.begun() == BeginReply.WITHOUT_REDIS ? asking.withoutRedis(entry, demand) : null;
    }

    /** What memory answers before Redis is asked; null if nothing. */
    public Answer inMemory(EntryAddress entry, Demand demand) {
        return asking.inMemory(entry, demand);
    }

    /**
     * A read of an entry that is not in memory, not begun yet.
     *
     * @param eventual whether it is read at level eventual
     */
    public <X extends Exception> SingleRead<X> reading(
            EntryAddress entry, Demand demand, boolean eventual, Load<X> load) {
        return new SingleRead<>(this, entry, demand, eventual, load);
    }

    /**
     * A read of several entries, not begun yet.
     *
     * @param entries without duplicates
     */
    public <X extends Exception> BulkRead<X> readAll(
            Collection<EntryAddress> entries, Demand demand, boolean eventual, LoadAll<X> load) {
        return new BulkRead<>(this, entries, demand, eventual, load);
    }

    /** Loads a value for this caller alone, and does not offer it to the cache. */
    public <X extends Exception> Answer loadAlone(Load<X> load) throws X, InterruptedException {
        return asking.loaded(loads.run(load::load), ReadStatus.BYPASS);
    }

    /** Drops an entry that could not be read, from memory and, if it answers, from Redis. */
    public void drop(EntryAddress entry) throws InterruptedException {
        asking.drop(entry);
    }

    /** Evicts what was computed from these tags, and refuses what is being computed from them. */
    public void invalidate(Isolate isolate, List<Tag> tags) throws RedisUnavailable, InterruptedException {
        asking.invalidate(isolate, tags);
    }

    /** The system identifier of the cluster that loaders read; null while it is unknown. */
    public String system() {
        return database.system();
    }

    @Override
    public void close() {
        if (refresher != null) {
            refresher.close();
        }
        near.close();
    }

    <X extends Exception> Answer lead(Flight<Answer> flight, Question question, Load<X> load)
            throws X, InterruptedException {
        EntryAddress entry = question.entry();
        BeginReply begun = question.begun();
        var landing = Flight.Landing.<Answer>none();
        try {
            long moment = asking.moment();
            Fill loaded = loads.run(load::load);
            flight.sealBeforeFill();
            FillOutcome filled = filler.fill(entry, begun, loaded);
            landing = new Flight.Landing<>(
                    asking.loaded(loaded, status(begun, filled)), null, filled == FillOutcome.STORED);
            asking.keep(entry, landing.result(), moment);
            return landing.result();
        } catch (Throwable failure) {
            // An interrupt concerns this thread only; waiters try for themselves.
            boolean ownAffair = failure instanceof InterruptedException
                    || Thread.currentThread().isInterrupted();
            landing = new Flight.Landing<>(null, ownAffair ? null : failure, false);
            throw failure;
        } finally {
            landed(flight, question, landing);
        }
    }

    /** A load is over: its flight ends, and a fill that was stored has ended the lease. */
    void landed(Flight<Answer> flight, Question question, Flight.Landing<Answer> landing) {
        String name = question.entry().name();
        landings.landed(name, ticket());
        if (landing.stored()) {
            question.lease().filled();
        }
        end(flight, name, landing);
    }

    /** Whether a load of this entry is under way in this process. */
    boolean isLoading(EntryAddress entry) {
        return flights.containsKey(entry.name());
    }

    /** Whether a load of this key ended after the question was asked. */
    boolean landedSince(Question question, String name) {
        return landings.since(question.asked(), name);
    }

    /** Begins a flight, or returns the one that stands already. */
    Flight<Answer> standing(String name, Flight<Answer> mine) {
        return flights.putIfAbsent(name, mine);
    }

    long ticket() {
        return asking.ticket();
    }

    Asking asking() {
        return asking;
    }

    Filler filler() {
        return filler;
    }

    CacheMetrics metrics() {
        return metrics;
    }

    void end(Flight<Answer> flight, String name, Flight.Landing<Answer> landing) {
        flights.remove(name, flight);
        flight.land(landing);
    }

    /** Runs a load, if there is a place for one more. */
    LimitedLoads loads() {
        return loads;
    }

    /** The status of a read whose value was loaded, and offered to Redis if there was a token. */
    static ReadStatus status(BeginReply begun, FillOutcome filled) {
        if (filled == null) {
            return begun.behind() ? ReadStatus.BEHIND : ReadStatus.BYPASS;
        }
        return switch (filled) {
            case UNCOVERED -> ReadStatus.UNCOVERED;
            case NO_INVALIDATOR, FOREIGN -> ReadStatus.NO_INVALIDATOR;
            case STORED -> begun.behind() ? ReadStatus.BEHIND : ReadStatus.MISS;
            case UNWANTED -> begun.behind() ? ReadStatus.BEHIND : ReadStatus.BYPASS;
            case FENCED, LOST, OLD, TOO_LARGE -> begun.behind() ? ReadStatus.BEHIND : ReadStatus.REFUSED;
        };
    }
}
