// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.flight.Flight;
import dev.freshet.cache.flight.LeaseWaits;
import dev.freshet.cache.store.BeginReply;
import dev.freshet.cache.store.Demand;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.Fill;
import dev.freshet.cache.store.FillOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * One read of several entries. Each goes the way of a {@link ReadThrough#read single read}, with the same rules about
 * tokens, fills and shared loads; but those of an isolate are asked for in one step, and all that miss, and that nobody
 * loads yet, are loaded at once. Used by one thread at a time.
 *
 * <p>It waits for the loads of others only while it leads none of its own: two reads that wait for each other would
 * wait for ever.
 *
 * @param <X> what the loader may throw
 */
public final class BulkRead<X extends Exception> {
    private final ReadThrough reads;
    private final Demand demand;
    private final boolean eventual;
    private final LoadAll<X> load;
    private final long arrival;
    private final Map<EntryAddress, Answer> answers = new HashMap<>();
    private final Set<EntryAddress> askedTwice = new HashSet<>();
    private List<EntryAddress> open = new ArrayList<>();
    private Map<EntryAddress, Question> questions;
    private boolean leasing = true;

    /** A load that this read leads. */
    private static final class Led {
        private final EntryAddress entry;
        private final BeginReply begun;
        private final Flight<Answer> flight;
        private Flight.Landing<Answer> landing = Flight.Landing.none();

        Led(EntryAddress entry, BeginReply begun, Flight<Answer> flight) {
            this.entry = entry;
            this.begun = begun;
            this.flight = flight;
        }
    }

    BulkRead(ReadThrough reads, Collection<EntryAddress> entries, Demand demand, boolean eventual, LoadAll<X> load) {
        this.reads = reads;
        this.demand = demand;
        this.eventual = eventual;
        this.load = load;
        for (var entry : entries) {
            Answer kept = reads.asking().inMemory(entry, demand);
            if (kept == null) {
                open.add(entry);
            } else {
                answers.put(entry, kept);
            }
        }
        this.arrival = reads.ticket();
    }

    /** Asks Redis, without waiting. What comes back does not fail; {@link #run} goes on from there. */
    public CompletableFuture<Void> ask() {
        return reads.asking().askAll(open, demand, arrival, true).thenAccept(asked -> questions = asked);
    }

    /** Whether all is answered without a load, as far as is known after {@link #ask}. */
    public boolean isAnswered() {
        return open.stream().allMatch(entry -> questions.get(entry).isHit());
    }

    /** Answers all. */
    public Map<EntryAddress, Answer> run() throws X, InterruptedException {
        var wait = reads.asking().leaseWait();
        try {
            while (!open.isEmpty()) {
                if (questions == null) {
                    questions = asked();
                }
                open = round(wait);
                questions = null;
            }
            return answers;
        } catch (Exception failure) {
            if (!eventual || !areStale(failure)) {
                throw failure;
            }
            return answers;
        } finally {
            wait.end();
        }
    }

    /** Whether what was kept answers all that has no answer yet, as a load failed. */
    private boolean areStale(Exception failure) {
        for (var entry : open) {
            if (!answers.containsKey(entry)) {
                answers.put(entry, reads.asking().stale(entry, failure));
            }
        }
        return !answers.containsValue(null);
    }

    private Map<EntryAddress, Question> asked() throws InterruptedException {
        try {
            return reads.asking().askAll(open, demand, arrival, leasing).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking Redis does not fail", e.getCause());
        }
    }

    /** Returns those for which Redis must be asked again. */
    private List<EntryAddress> round(LeaseWaits.Wait wait) throws X, InterruptedException {
        var again = new ArrayList<EntryAddress>();
        var others = new LinkedHashMap<EntryAddress, Flight<Answer>>();
        var mine = new ArrayList<Led>();
        var leased = open.stream()
                .filter(entry -> questions.get(entry).begun().isLeased())
                .toList();
        try {
            for (var entry : open) {
                if (leased.contains(entry)) {
                    continue;
                }
                begin(entry, questions.get(entry), again, others, mine);
            }
            if (!mine.isEmpty() || !others.isEmpty()) {
                // Others of this process may wait by this read's asking, and it asks nothing meanwhile.
                wait.end();
            }
            if (!mine.isEmpty()) {
                lead(mine);
            }
        } finally {
            mine.forEach(one -> reads.landed(one.flight, one.entry, one.begun, one.landing));
        }
        for (var other : others.entrySet()) {
            Answer shared = other.getValue().<X>await(arrival, eventual);
            if (shared == null) {
                again.add(other.getKey());
            } else {
                reads.metrics().shared();
                answers.put(other.getKey(), shared);
            }
        }
        if (!leased.isEmpty()) {
            again.addAll(leased);
            // What took time above may be all that was to be waited for.
            leasing = !mine.isEmpty() || reads.asking().goesOn(wait, leased.get(0));
        }
        return again;
    }

    private void begin(
            EntryAddress entry,
            Question question,
            List<EntryAddress> again,
            Map<EntryAddress, Flight<Answer>> others,
            List<Led> mine) {
        if (question.isHit()) {
            answers.put(entry, reads.asking().hit(question));
            return;
        }
        BeginReply begun = question.begun();
        Answer kept = begun == BeginReply.WITHOUT_REDIS ? reads.asking().withoutRedis(entry, demand) : null;
        if (kept != null) {
            answers.put(entry, kept);
            return;
        }
        String name = entry.name();
        var flight = new Flight<Answer>(reads.ticket());
        Flight<Answer> standing = reads.standing(name, flight);
        if (standing != null) {
            others.put(entry, standing);
        } else if (begun.token() != null && reads.landedSince(question, name) && askedTwice.add(entry)) {
            reads.end(flight, name, Flight.Landing.none());
            again.add(entry);
        } else {
            mine.add(new Led(entry, begun, flight));
        }
    }

    private void lead(List<Led> mine) throws X, InterruptedException {
        RuntimeException unusable = null;
        try {
            var entries = mine.stream().map(one -> one.entry).toList();
            long moment = reads.asking().moment();
            Map<EntryAddress, Fill> loaded = reads.loads().run(() -> load.load(entries));
            var usable =
                    mine.stream().filter(one -> loaded.containsKey(one.entry)).toList();
            usable.forEach(one -> one.flight.sealBeforeFill());
            var fills = usable.stream()
                    .map(one -> reads.filler().fillAsync(one.entry, one.begun, loaded.get(one.entry)))
                    .toList();
            for (int i = 0; i < fills.size(); i++) {
                var one = usable.get(i);
                FillOutcome filled = outcome(fills.get(i));
                var answer = reads.asking().loaded(loaded.get(one.entry), ReadThrough.status(one.begun, filled));
                one.landing = new Flight.Landing<>(answer, null, filled == FillOutcome.STORED);
                reads.asking().keep(one.entry, answer, moment);
                answers.put(one.entry, answer);
            }
            for (var one : mine) {
                if (!loaded.containsKey(one.entry)) {
                    // It concerns those that wait for this one alone.
                    unusable = load.failure(one.entry);
                    one.landing = new Flight.Landing<>(null, unusable, false);
                }
            }
        } catch (Throwable failure) {
            // An interrupt concerns this thread only; waiters try for themselves.
            boolean ownAffair = failure instanceof InterruptedException
                    || Thread.currentThread().isInterrupted();
            mine.forEach(one -> one.landing = new Flight.Landing<>(null, ownAffair ? null : failure, false));
            throw failure;
        }
        if (unusable != null) {
            throw unusable;
        }
    }

    /** Null if nobody knows. A thread that is interrupted stays so, and gets what was loaded. */
    private static FillOutcome outcome(CompletableFuture<FillOutcome> fill) {
        try {
            return fill.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("offering a value does not fail", e.getCause());
        }
    }
}
