// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.flight.Flight;
import dev.freshet.cache.flight.LeaseWaits;
import dev.freshet.cache.load.LimitedLoads;
import dev.freshet.cache.store.BeginReply;
import dev.freshet.cache.store.Demand;
import dev.freshet.cache.store.EntryAddress;
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
import java.util.concurrent.Executor;

/**
 * One read of several entries. Each goes the way of a {@link ReadThrough#read single read}, with the same rules about
 * tokens, fills and shared loads; but those of an isolate are asked for in one step, and all that miss, and that nobody
 * loads yet, are loaded at once. It runs once, in the thread that asks or without one that waits. Used by one thread at a
 * time.
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
    private final boolean partOfLoad = LimitedLoads.isUnderWay();
    private final long arrival;
    private final LeaseWaits.Wait wait;
    private final Map<EntryAddress, Answer> answers = new HashMap<>();
    private final Set<EntryAddress> askedTwice = new HashSet<>();
    private List<EntryAddress> open = new ArrayList<>();
    private Map<EntryAddress, Question> questions = Map.of();
    private boolean leasing = true;

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
        this.wait = reads.asking().leaseWait();
    }

    /** Answers all. */
    public Map<EntryAddress, Answer> run() throws X, InterruptedException {
        try {
            while (!open.isEmpty()) {
                next(asked());
                var round = new Round();
                round.begin();
                for (var other : round.others.entrySet()) {
                    round.shared(other.getKey(), other.getValue().<X>await(arrival, eventual));
                }
                leasing = !round.waitsForOthers() || reads.asking().goesOn(wait, round.leased.get(0));
                open = round.again;
            }
            return answers;
        } catch (Exception failure) {
            if (stale(failure) == null) {
                throw failure;
            }
            return answers;
        } finally {
            end();
        }
    }

    /** As {@link #run()}, without a thread that waits: the executor runs the load alone. */
    public CompletableFuture<Map<EntryAddress, Answer>> run(Executor executor) {
        return Later.otherwise(rounds(executor), this::stale).whenComplete((found, failure) -> end());
    }

    private CompletableFuture<Map<EntryAddress, Answer>> rounds(Executor executor) {
        if (open.isEmpty()) {
            return CompletableFuture.completedFuture(answers);
        }
        return reads.asking().askAll(open, demand, leasing).thenCompose(asked -> {
            next(asked);
            var round = new Round();
            return Later.in(round.mayLoad() ? executor : Later.SHORT, round::begin)
                    .thenCompose(begun -> round.share())
                    .thenCompose(shared -> round.pause())
                    .thenCompose(over -> {
                        open = round.again;
                        return rounds(executor);
                    });
        });
    }

    /** A lease of a former question is the next one's, too: it is not given back in between. */
    private void next(Map<EntryAddress, Question> asked) {
        var former = questions;
        questions = asked;
        former.values().forEach(Question::close);
    }

    private void end() {
        wait.end();
        questions.values().forEach(Question::close);
    }

    /** Null unless what was kept answers all that has no answer yet, as a load failed. */
    private Map<EntryAddress, Answer> stale(Exception failure) {
        if (!eventual || partOfLoad) {
            return null;
        }
        for (var entry : open) {
            if (!answers.containsKey(entry)) {
                answers.put(entry, reads.asking().stale(entry, failure));
            }
        }
        return answers.containsValue(null) ? null : answers;
    }

    private Map<EntryAddress, Question> asked() throws InterruptedException {
        var asked = reads.asking().askAll(open, demand, leasing);
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking Redis does not fail", e.getCause());
        } catch (InterruptedException e) {
            asked.thenAccept(late -> late.values().forEach(Question::close));
            throw e;
        }
    }

    /** What becomes of the open entries after Redis was asked for them. */
    private final class Round {
        /** Redis must be asked again. */
        final List<EntryAddress> again = new ArrayList<>();
        /** Others of this process load them. */
        final Map<EntryAddress, Flight<Answer>> others = new LinkedHashMap<>();
        /** Other processes load them. */
        final List<EntryAddress> leased = open.stream()
                .filter(entry -> questions.get(entry).begun().isLeased())
                .toList();

        private final BulkLoad<X> mine = new BulkLoad<>(reads, load);

        boolean mayLoad() {
            return open.stream()
                    .filter(entry -> !leased.contains(entry))
                    .anyMatch(entry -> !questions.get(entry).isHit());
        }

        /** Takes what is there, and loads what nobody loads yet. */
        Round begin() throws X, InterruptedException {
            again.addAll(leased);
            try {
                for (var entry : open) {
                    if (!leased.contains(entry)) {
                        take(entry, questions.get(entry));
                    }
                }
                if (!mine.isEmpty() || !others.isEmpty()) {
                    // Others of this process may wait by this read's asking, and it asks nothing meanwhile.
                    wait.end();
                }
                if (!mine.isEmpty()) {
                    mine.run(answers);
                }
            } finally {
                mine.end();
            }
            return this;
        }

        private void take(EntryAddress entry, Question question) {
            if (question.isHit()) {
                answers.put(entry, reads.asking().hit(question));
                return;
            }
            BeginReply begun = question.begun();
            if (begun == BeginReply.WITHOUT_REDIS) {
                // What is loaded now is not stored: nobody gains by waiting for it.
                question.close();
                Answer found = partOfLoad ? null : reads.asking().withoutRedis(entry, demand);
                if (found != null) {
                    answers.put(entry, found);
                    return;
                }
            }
            String name = entry.name();
            var flight = new Flight<Answer>(reads.ticket());
            Flight<Answer> standing = reads.standing(name, flight);
            if (standing != null) {
                others.put(entry, standing);
                question.lease().neededUntil(standing.landed());
                question.close();
            } else if (begun.token() != null && reads.landedSince(question, name) && askedTwice.add(entry)) {
                reads.end(flight, name, Flight.Landing.none());
                again.add(entry);
            } else {
                mine.add(question, flight);
            }
        }

        /** What another read of this process loaded; null if that must not be shared. */
        void shared(EntryAddress entry, Answer shared) {
            if (shared == null) {
                again.add(entry);
            } else {
                reads.metrics().shared();
                answers.put(entry, shared);
            }
        }

        /** Takes what the loads of others bring, without a thread that waits. */
        CompletableFuture<Void> share() {
            var shares = new LinkedHashMap<EntryAddress, CompletableFuture<Answer>>();
            others.forEach((entry, flight) -> shares.put(entry, flight.share(arrival, eventual)));
            return CompletableFuture.allOf(shares.values().toArray(CompletableFuture<?>[]::new))
                    .whenComplete((all, failure) -> shares.forEach((entry, share) -> {
                        if (!share.isCompletedExceptionally()) {
                            shared(entry, share.join());
                        }
                    }));
        }

        /** Not after a load of its own: what that took may be all that was to be waited for. */
        boolean waitsForOthers() {
            return !leased.isEmpty() && mine.isEmpty();
        }

        CompletableFuture<Void> pause() {
            if (!waitsForOthers()) {
                leasing = true;
                return CompletableFuture.completedFuture(null);
            }
            var pause = reads.asking().next(wait, leased.get(0));
            leasing = pause.isPresent();
            return pause.orElseGet(() -> CompletableFuture.completedFuture(null));
        }
    }
}
