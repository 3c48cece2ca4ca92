// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.flight.LeaseWaits;
import dev.freshet.cache.kept.KeptValues;
import dev.freshet.cache.load.CacheMetrics;
import dev.freshet.cache.load.LimitedLoads;
import dev.freshet.cache.near.NearCache;
import dev.freshet.cache.near.NearValue;
import dev.freshet.cache.store.BeginReply;
import dev.freshet.cache.store.BeginRequest;
import dev.freshet.cache.store.Demand;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.Fill;
import dev.freshet.cache.store.LoaderDatabase;
import dev.freshet.cache.store.RedisStore;
import dev.freshet.cache.store.RedisUnavailable;
import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What answers without a load, and what is asked of it: memory, Redis, the loads of other processes, and what is kept for
 * when loads fail. Thread-safe.
 */
final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    private static final Duration REFRESH_LEASE = Duration.ofSeconds(5);
    /** Who waited for so many of them in vain loads for itself: so a slow or dead process holds up nobody for long. */
    private static final int LEASES_WAITED_FOR = 2;

    private final RedisStore store;
    private final LoaderDatabase database;
    private final NearCache near;
    private final KeptValues kept;
    private final Duration lease;
    private final Leases leases;
    private final CacheMetrics metrics;
    private final LeaseWaits waits = new LeaseWaits();
    private final AtomicLong tickets = new AtomicLong();

    /** @param lease null: each process loads for itself */
    Asking(
            RedisStore store,
            LoaderDatabase database,
            NearCache near,
            KeptValues kept,
            Duration lease,
            CacheMetrics metrics) {
        this.store = store;
        this.database = database;
        this.near = near;
        this.kept = kept;
        this.lease = lease;
        this.leases = new Leases(store, most());
        this.metrics = metrics;
    }

    /** Numbers what happens, in the order in which it happens. */
    long ticket() {
        return tickets.incrementAndGet();
    }

    /** Redis tells that a key changed. Does not block. */
    void changed(byte[] key) {
        if (!waits.isEmpty()) {
            waits.told(new String(key, StandardCharsets.UTF_8));
        }
    }

    /** What memory answers before Redis is asked; null if nothing, and within a load. */
    Answer inMemory(EntryAddress entry, Demand demand) {
        NearCache.Found found = LimitedLoads.isUnderWay() ? null : near.beforeRedis(entry, demand);
        if (found == null) {
            return null;
        }
        kept.keep(entry, found.value(), found.rightAt());
        return answer(found.value(), ReadStatus.NEAR);
    }

    /** What memory answers as Redis did not; null if nothing, and within a load. */
    Answer withoutRedis(EntryAddress entry, Demand demand) {
        NearCache.Found found = LimitedLoads.isUnderWay() ? null : near.withoutRedis(entry, demand);
        return found == null ? null : answer(found.value(), ReadStatus.MEMORY);
    }

    /**
     * Asks Redis for an entry.
     *
     * @param leasing whether to take the lease, if this cache takes any, and to be told if another process has it
     */
    Question ask(EntryAddress entry, Demand demand, boolean leasing) throws InterruptedException {
        long asked = ticket();
        long moment = kept.now();
        BeginRequest asking = near.asking(entry);
        Lease own = leasing && lease != null ? leases.begin(entry) : Lease.NONE;
        try {
            BeginReply begun = begin(asking, demand, own == Lease.NONE ? null : lease, own);
            return new Question(asked, moment, asking, begun, own);
        } catch (InterruptedException | RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /**
     * Asks Redis for entries, those of an isolate in one step. What comes back does not fail.
     *
     * @param leasing whether to take leases, if this cache does, and to be told of those of others
     */
    CompletableFuture<Map<EntryAddress, Question>> askAll(
            Collection<EntryAddress> entries, Demand demand, boolean leasing) {
        long asked = ticket();
        long moment = kept.now();
        var questions = new ConcurrentHashMap<EntryAddress, Question>();
        var steps = new ArrayList<CompletableFuture<?>>();
        for (var step : Steps.of(entries)) {
            // Taken of the first: all entries of an isolate lie on one server.
            BeginRequest first = near.asking(step.get(0));
            var asking = step.stream()
                    .map(entry -> new BeginRequest(entry, first.moment(), first.connection()))
                    .toList();
            List<Lease> own = leasing && lease != null
                    ? step.stream().map(leases::begin).toList()
                    : Collections.nCopies(step.size(), Lease.NONE);
            steps.add(beginAll(asking, demand, own).thenAccept(begun -> {
                for (int i = 0; i < begun.size(); i++) {
                    var one = asking.get(i);
                    questions.put(one.entry(), new Question(asked, moment, one, begun.get(i), own.get(i)));
                }
            }));
        }
        return CompletableFuture.allOf(steps.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> questions);
    }

    private CompletableFuture<List<BeginReply>> beginAll(List<BeginRequest> asking, Demand demand, List<Lease> own) {
        List<BeginReply> none = Collections.nCopies(asking.size(), BeginReply.WITHOUT_REDIS);
        if (demand == Demand.LOAD) {
            return CompletableFuture.completedFuture(none);
        }
        boolean leasing = own.get(0) != Lease.NONE;
        CompletableFuture<List<BeginReply>> sent = store.beginAll(asking, demand, leasing ? lease : null);
        if (leasing) {
            for (int i = 0; i < own.size(); i++) {
                int place = i;
                own.get(i).asked(sent.thenApply(begun -> begun.get(place)));
            }
        }
        return sent.exceptionally(failure -> {
            LOG.debug("read without Redis: {}", failure.getMessage());
            return none;
        });
    }

    private BeginReply begin(BeginRequest asking, Demand demand, Duration leasing, Lease own)
            throws InterruptedException {
        if (demand == Demand.LOAD) {
            return BeginReply.WITHOUT_REDIS;
        }
        try {
            return store.begin(asking, demand, leasing, own::asked);
        } catch (RedisUnavailable e) {
            LOG.debug("read without Redis: {}", e.getMessage());
            return BeginReply.WITHOUT_REDIS;
        }
    }

    /** The entry that came back. */
    Answer hit(Question question) {
        BeginReply begun = question.begun();
        var entry = EntryFormat.of(begun.entry());
        var value = new NearValue(entry.value(), Lsn.find(entry.at()).orElse(null), database.system());
        if (begun.heard()) {
            near.keep(question.asking(), entry, value);
        }
        kept.keep(question.entry(), value, question.moment());
        return answer(value, ReadStatus.HIT);
    }

    private static Answer answer(NearValue value, ReadStatus status) {
        return new Answer(value.json(), status, value.lsn(), value.system(), null);
    }

    /** What was answered last, as a load failed; null if there is nothing recent, the thread is to end, or it runs a load. */
    Answer stale(EntryAddress entry, Exception failure) {
        if (failure instanceof InterruptedException
                || Thread.currentThread().isInterrupted()
                || LimitedLoads.isUnderWay()) {
            return null;
        }
        var found = kept.find(entry).orElse(null);
        if (found == null) {
            return null;
        }
        // Its message may hold parts of rows.
        LOG.debug(
                "a load failed, answering with what was kept: {}",
                failure.getClass().getName());
        var value = found.value();
        return new Answer(value.json(), ReadStatus.STALE, value.lsn(), value.system(), found.age());
    }

    /** The wait of one read for leases of other processes. */
    LeaseWaits.Wait leaseWait() {
        return waits.begin(lease == null ? Duration.ZERO : lease.multipliedBy(LEASES_WAITED_FOR));
    }

    /** Waits until Redis should be asked again for an entry that another process loads; false: not any more. */
    boolean goesOn(LeaseWaits.Wait wait, EntryAddress entry) throws InterruptedException {
        noted(wait);
        return wait.goesOn(entry.name(), store.lease(entry));
    }

    /** As {@link #goesOn}, without a thread that waits; empty: not any more. */
    Optional<CompletableFuture<Void>> next(LeaseWaits.Wait wait, EntryAddress entry) {
        noted(wait);
        return wait.next(entry.name(), store.lease(entry));
    }

    private void noted(LeaseWaits.Wait wait) {
        if (wait.isFirst()) {
            metrics.awaited();
        }
    }

    /** Drops an entry that could not be read, from memory and, if it answers, from Redis. */
    void drop(EntryAddress entry) throws InterruptedException {
        near.forget(entry);
        kept.forget(entry);
        try {
            store.drop(entry);
        } catch (RedisUnavailable e) {
            LOG.debug("an entry that cannot be read was not dropped: {}", e.getMessage());
        }
    }

    /** Evicts what was computed from these tags, and refuses what is being computed from them. */
    void invalidate(Isolate isolate, List<Tag> tags) throws RedisUnavailable, InterruptedException {
        try {
            store.invalidate(isolate, tags);
        } finally {
            // Also if nobody knows whether it was done.
            near.forget(isolate, tags);
            kept.forget(isolate);
        }
    }

    /** The position of a load is of the cluster that the loader reported, or else of the known one. */
    Answer loaded(Fill loaded, ReadStatus status) {
        var source = loaded.database();
        String system = source == null ? database.system() : source.system();
        return new Answer(loaded.json(), status, loaded.lsn(), loaded.lsn() == null ? null : system, null);
    }

    /** A moment, before something is loaded. */
    long moment() {
        return kept.now();
    }

    /** Keeps what was loaded after a moment, for when loads fail. */
    void keep(EntryAddress entry, Answer loaded, long moment) {
        kept.keep(entry, new NearValue(loaded.json(), loaded.lsn(), loaded.system()), moment);
    }

    /** Asks for an entry that changed, to load it for all processes if nobody does yet. */
    Question askToRefresh(EntryAddress entry) throws RedisUnavailable, InterruptedException {
        long asked = ticket();
        long moment = kept.now();
        BeginRequest asking = near.asking(entry);
        Lease own = leases.begin(entry);
        try {
            BeginReply begun = store.begin(asking, Demand.NONE, most(), own::asked);
            return new Question(asked, moment, asking, begun, own);
        } catch (RedisUnavailable | InterruptedException | RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private Duration most() {
        return lease == null ? REFRESH_LEASE : lease;
    }
}
