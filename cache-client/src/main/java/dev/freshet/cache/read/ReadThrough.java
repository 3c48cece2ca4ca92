// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.flight.Flight;
import dev.freshet.cache.flight.LoadLimit;
import dev.freshet.cache.flight.RecentLandings;
import dev.freshet.cache.load.CacheMetrics;
import dev.freshet.cache.load.Filler;
import dev.freshet.cache.near.NearCache;
import dev.freshet.cache.near.NearValue;
import dev.freshet.cache.store.BeginReply;
import dev.freshet.cache.store.BeginRequest;
import dev.freshet.cache.store.Demand;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.Fill;
import dev.freshet.cache.store.FillOutcome;
import dev.freshet.cache.store.LoaderDatabase;
import dev.freshet.cache.store.RedisStore;
import dev.freshet.cache.store.RedisUnavailable;
import dev.freshet.cache.warming.Budget;
import dev.freshet.cache.warming.Warmer;
import dev.freshet.cache.warming.WarmingOutcome;
import dev.freshet.cache.warming.WarmingSettings;
import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a read, for values as they stand in Redis: {@code begin}, {@code load}, {@code fill}, of which one at a
 * time runs per key. Knows nothing of the types of values. Thread-safe.
 */
public final class ReadThrough implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadThrough.class);

    private final RedisStore store;
    private final Filler filler;
    private final LoadLimit limit;
    private final Supplier<RuntimeException> tooMany;
    private final LoaderDatabase database;
    private final NearCache near;
    private final Warmer<Load<?>> warmer;
    private final Budget warmingBudget;
    private final CacheMetrics metrics;
    private final ConcurrentHashMap<String, Flight<Answer>> flights = new ConcurrentHashMap<>();
    private final RecentLandings landings = new RecentLandings();
    private final AtomicLong tickets = new AtomicLong();

    /**
     * @param tooMany made, and thrown, where the limit allows no further load
     * @param warming null to warm nothing
     */
    public ReadThrough(
            RedisStore store,
            Filler filler,
            LoadLimit limit,
            Supplier<RuntimeException> tooMany,
            LoaderDatabase database,
            NearCache near,
            WarmingSettings warming,
            CacheMetrics metrics) {
        this.store = store;
        this.filler = filler;
        this.limit = limit;
        this.tooMany = tooMany;
        this.database = database;
        this.near = near;
        this.metrics = metrics;
        this.warmer = warming == null ? null : new Warmer<>(warming, this::refresh, metrics::warming, System::nanoTime);
        this.warmingBudget = warming == null ? null : new Budget(warming.loadsPerSecond(), System::nanoTime);
        near.start(warmer == null ? key -> {} : warmer::changed);
    }

    /** Whether hot entries are loaded ahead of demand. */
    public boolean warms() {
        return warmer != null;
    }

    /** Counts a read, so that the entry is loaded ahead of demand once it is hot. Only if this {@link #warms()}. */
    public void noticed(EntryAddress entry, Load<?> load) {
        warmer.read(entry, load);
    }

    /**
     * Reads an entry, or loads it and offers it to the cache.
     *
     * @param eventual whether it is read at level eventual
     */
    public <X extends Exception> Answer read(EntryAddress entry, Demand demand, boolean eventual, Load<X> load)
            throws X, InterruptedException {
        Answer kept = inMemory(entry, demand);
        return kept == null ? read(entry, demand, eventual, load, ask(entry, demand, ticket())) : kept;
    }

    /** What memory answers before Redis is asked; null if nothing. */
    public Answer inMemory(EntryAddress entry, Demand demand) {
        NearValue kept = near.beforeRedis(entry, demand);
        return kept == null ? null : answer(kept, ReadStatus.NEAR);
    }

    /** What memory answers as Redis did not; null if nothing. */
    Answer withoutRedis(EntryAddress entry, Demand demand) {
        NearValue kept = near.withoutRedis(entry, demand);
        return kept == null ? null : answer(kept, ReadStatus.MEMORY);
    }

    private Question ask(EntryAddress entry, Demand demand, long arrival) throws InterruptedException {
        long asked = ticket();
        BeginRequest asking = near.asking(entry);
        return new Question(arrival, asked, asking, begin(asking, demand));
    }

    /** Asks Redis for an entry, as the first step of a read, without waiting. What comes back does not fail. */
    public CompletableFuture<Question> ask(EntryAddress entry, Demand demand) {
        return askAll(List.of(entry), demand, ticket()).thenApply(asked -> asked.get(entry));
    }

    /** Asks Redis for entries, those of an isolate in one step. What comes back does not fail. */
    CompletableFuture<Map<EntryAddress, Question>> askAll(
            Collection<EntryAddress> entries, Demand demand, long arrival) {
        long asked = ticket();
        var questions = new ConcurrentHashMap<EntryAddress, Question>();
        var steps = new ArrayList<CompletableFuture<?>>();
        for (var step : Steps.of(entries)) {
            // Taken of the first: all entries of an isolate lie on one server.
            BeginRequest first = near.asking(step.get(0));
            var asking = step.stream()
                    .map(entry -> new BeginRequest(entry, first.moment(), first.connection()))
                    .toList();
            steps.add(beginAll(asking, demand).thenAccept(begun -> {
                for (int i = 0; i < begun.size(); i++) {
                    var one = asking.get(i);
                    questions.put(one.entry(), new Question(arrival, asked, one, begun.get(i)));
                }
            }));
        }
        return CompletableFuture.allOf(steps.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> questions);
    }

    private CompletableFuture<List<BeginReply>> beginAll(List<BeginRequest> asking, Demand demand) {
        List<BeginReply> none = Collections.nCopies(asking.size(), BeginReply.WITHOUT_REDIS);
        if (demand == Demand.LOAD) {
            return CompletableFuture.completedFuture(none);
        }
        return store.beginAll(asking, demand).exceptionally(failure -> {
            LOG.debug("read without Redis: {}", failure.getMessage());
            return none;
        });
    }

    /** The rest of a read, after Redis was asked. */
    public <X extends Exception> Answer read(
            EntryAddress entry, Demand demand, boolean eventual, Load<X> load, Question first)
            throws X, InterruptedException {
        String name = entry.name();
        boolean askedTwice = false;
        for (Question question = first; ; question = ask(entry, demand, first.arrival())) {
            BeginReply begun = question.begun();
            if (question.isHit()) {
                return hit(question);
            }
            if (begun == BeginReply.WITHOUT_REDIS) {
                Answer kept = withoutRedis(entry, demand);
                if (kept != null) {
                    return kept;
                }
            }
            var mine = new Flight<Answer>(tickets.incrementAndGet());
            Flight<Answer> standing = flights.putIfAbsent(name, mine);
            if (standing != null) {
                Answer shared = standing.<X>await(first.arrival(), eventual);
                if (shared != null) {
                    metrics.shared();
                    return shared;
                }
            } else if (begun.token() != null && !askedTwice && landings.since(question.asked(), name)) {
                askedTwice = true;
                end(mine, name, Flight.Landing.none());
            } else {
                return lead(mine, entry, begun, load);
            }
        }
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
        return loaded(limited(load::load), ReadStatus.BYPASS);
    }

    /** Drops an entry that could not be read, from memory and, if it answers, from Redis. */
    public void drop(EntryAddress entry) throws InterruptedException {
        near.forget(entry);
        try {
            store.drop(entry);
        } catch (RedisUnavailable e) {
            LOG.debug("an entry that cannot be read was not dropped: {}", e.getMessage());
        }
    }

    /** Evicts what was computed from these tags, and refuses what is being computed from them. */
    public void invalidate(Isolate isolate, List<Tag> tags) throws RedisUnavailable, InterruptedException {
        store.invalidate(isolate, tags);
        near.forget(isolate, tags);
    }

    /** The system identifier of the cluster that loaders read; null while it is unknown. */
    public String system() {
        return database.system();
    }

    @Override
    public void close() {
        if (warmer != null) {
            warmer.close();
        }
        near.close();
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

    /** The entry that came back. */
    public Answer hit(Question question) {
        return hit(question.begun(), question.asking());
    }

    private Answer hit(BeginReply begun, BeginRequest asking) {
        var entry = EntryFormat.of(begun.entry());
        var value = new NearValue(entry.value(), Lsn.find(entry.at()).orElse(null), database.system());
        if (begun.heard()) {
            near.keep(asking, entry, value);
        }
        return answer(value, ReadStatus.HIT);
    }

    private static Answer answer(NearValue value, ReadStatus status) {
        return new Answer(value.json(), status, value.lsn(), value.system());
    }

    private <X extends Exception> Answer lead(Flight<Answer> flight, EntryAddress entry, BeginReply begun, Load<X> load)
            throws X, InterruptedException {
        var landing = Flight.Landing.<Answer>none();
        try {
            Fill loaded = limited(load::load);
            flight.sealBeforeFill();
            FillOutcome filled = filler.fill(entry, begun, loaded);
            landing = new Flight.Landing<>(loaded(loaded, status(begun, filled)), null, filled == FillOutcome.STORED);
            return landing.result();
        } catch (Throwable failure) {
            // An interrupt concerns this thread only; waiters try for themselves.
            boolean ownAffair = failure instanceof InterruptedException
                    || Thread.currentThread().isInterrupted();
            landing = new Flight.Landing<>(null, ownAffair ? null : failure, false);
            throw failure;
        } finally {
            landed(flight, entry.name(), landing);
        }
    }

    /** A load is over: its flight ends. */
    void landed(Flight<Answer> flight, String name, Flight.Landing<Answer> landing) {
        landings.landed(name, ticket());
        end(flight, name, landing);
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
        return tickets.incrementAndGet();
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

    /** A load of one value or of several. */
    @FunctionalInterface
    interface Work<R, X extends Exception> {
        R run() throws X;
    }

    /** Runs a load, if there is a place for one more. */
    <R, X extends Exception> R limited(Work<R, X> load) throws X, InterruptedException {
        if (!limit.enter()) {
            metrics.loadRefused();
            throw tooMany.get();
        }
        try {
            return timed(load);
        } finally {
            limit.leave();
        }
    }

    private <R, X extends Exception> R timed(Work<R, X> load) throws X {
        long start = System.nanoTime();
        R loaded = null;
        try {
            loaded = load.run();
            return loaded;
        } finally {
            long nanos = System.nanoTime() - start;
            if (loaded == null) {
                metrics.loadFailed(nanos);
            } else {
                metrics.loaded(nanos);
            }
        }
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
            case FENCED, LOST, OLD, TOO_LARGE -> begun.behind() ? ReadStatus.BEHIND : ReadStatus.REFUSED;
        };
    }

    /** The position of a load is of the cluster that the loader reported, or else of the known one. */
    Answer loaded(Fill loaded, ReadStatus status) {
        var source = loaded.database();
        String system = source == null ? database.system() : source.system();
        return new Answer(loaded.json(), status, loaded.lsn(), loaded.lsn() == null ? null : system);
    }

    /** Refreshes a hot key that changed: from Redis, or by a load that only one of all readers makes. */
    private void refresh(Warmer.Hot<Load<?>> hot) throws Exception {
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

    private <X extends Exception> WarmingOutcome warm(EntryAddress entry, Load<X> load) throws Exception {
        // Ask again: the previous holder of the lock may have stored the entry.
        BeginReply begun = beginToKeep(entry);
        if (begun.entry() != null) {
            return WarmingOutcome.PRESENT;
        }
        var mine = new Flight<Answer>(tickets.incrementAndGet());
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
        lead(mine, entry, begun, load);
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
}
