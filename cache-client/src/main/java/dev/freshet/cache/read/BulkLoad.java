// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.flight.Flight;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.Fill;
import dev.freshet.cache.store.FillOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * One load of several entries, each of which is a flight of its own. Must be ended, however it goes. Used by one thread.
 *
 * @param <X> what the loader may throw
 */
final class BulkLoad<X extends Exception> {
    private final ReadThrough reads;
    private final LoadAll<X> load;
    private final List<Led> all = new ArrayList<>();

    private static final class Led {
        private final EntryAddress entry;
        private final Question question;
        private final Flight<Answer> flight;
        private Flight.Landing<Answer> landing = Flight.Landing.none();

        Led(Question question, Flight<Answer> flight) {
            this.entry = question.entry();
            this.question = question;
            this.flight = flight;
        }
    }

    BulkLoad(ReadThrough reads, LoadAll<X> load) {
        this.reads = reads;
        this.load = load;
    }

    void add(Question question, Flight<Answer> flight) {
        all.add(new Led(question, flight));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Loads all at once, and offers each. What was loaded is put into the answers. */
    void run(Map<EntryAddress, Answer> answers) throws X, InterruptedException {
        RuntimeException unusable = null;
        try {
            var entries = all.stream().map(one -> one.entry).toList();
            long moment = reads.asking().moment();
            Map<EntryAddress, Fill> loaded = reads.loads().run(() -> load.load(entries));
            var usable =
                    all.stream().filter(one -> loaded.containsKey(one.entry)).toList();
            usable.forEach(one -> one.flight.sealBeforeFill());
            var fills = usable.stream()
                    .map(one -> reads.filler().fillAsync(one.entry, one.question.begun(), loaded.get(one.entry)))
                    .toList();
            for (int i = 0; i < fills.size(); i++) {
                var one = usable.get(i);
                FillOutcome filled = outcome(fills.get(i));
                var status = ReadThrough.status(one.question.begun(), filled);
                var answer = reads.asking().loaded(loaded.get(one.entry), status);
                one.landing = new Flight.Landing<>(answer, null, filled == FillOutcome.STORED);
                reads.asking().keep(one.entry, answer, moment);
                answers.put(one.entry, answer);
            }
            for (var one : all) {
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
            all.forEach(one -> one.landing = new Flight.Landing<>(null, ownAffair ? null : failure, false));
            throw failure;
        }
        if (unusable != null) {
            throw unusable;
        }
    }

    /** All flights end, and what this read has of their leases. */
    void end() {
        for (var one : all) {
            reads.landed(one.flight, one.question, one.landing);
            one.question.close();
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
