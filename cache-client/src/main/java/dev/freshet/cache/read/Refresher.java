// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.flight.Flight;
import dev.freshet.cache.load.CacheMetrics;
import dev.freshet.cache.store.BeginReply;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.RedisUnavailable;
import dev.freshet.cache.warming.Budget;
import dev.freshet.cache.warming.Warmer;
import dev.freshet.cache.warming.WarmingOutcome;
import dev.freshet.cache.warming.WarmingSettings;

/**
 * Loads hot entries anew as soon as they were evicted. One process of all does, the one that gets the lease; the others
 * leave it to that one. A refresh is a read like any other: it begins, loads, and fills. One that was overtaken by another
 * change is made anew, with a token and a load of its own. Thread-safe.
 */
final class Refresher implements AutoCloseable {
    /** For one change; whatever comes then is left to the next read. */
    private static final int MOST_LOADS = 3;

    private final ReadThrough reads;
    private final Warmer<Load<?>> warmer;
    private final Budget budget;
    private final CacheMetrics metrics;

    Refresher(ReadThrough reads, WarmingSettings settings, CacheMetrics metrics) {
        this.reads = reads;
        this.metrics = metrics;
        this.warmer = new Warmer<>(settings, this::refresh, metrics::warming, System::nanoTime);
        this.budget = new Budget(settings.loadsPerSecond(), System::nanoTime);
    }

    /** Counts a read. */
    void read(EntryAddress entry, Load<?> load) {
        warmer.read(entry, load);
    }

    /** Redis tells that a key changed. Does not block. */
    void changed(byte[] key) {
        warmer.changed(key);
    }

    /** A change that comes during the load refuses the fill, and is told of by nobody: the entry is not there. */
    private void refresh(Warmer.Hot<Load<?>> hot) throws Exception {
        var outcome = WarmingOutcome.OVERTAKEN;
        for (int i = 0; i < MOST_LOADS && outcome == WarmingOutcome.OVERTAKEN; i++) {
            outcome = refresh(hot.entry(), hot.loader());
            metrics.warming(outcome);
        }
    }

    private <X extends Exception> WarmingOutcome refresh(EntryAddress entry, Load<X> load)
            throws X, RedisUnavailable, InterruptedException {
        if (reads.isLoading(entry)) {
            return WarmingOutcome.ELSEWHERE;
        }
        try (Question question = reads.asking().askToRefresh(entry)) {
            return refresh(question, load);
        }
    }

    private <X extends Exception> WarmingOutcome refresh(Question question, Load<X> load)
            throws X, InterruptedException {
        if (question.isHit()) {
            // It is kept in memory.
            reads.asking().hit(question);
            return WarmingOutcome.PRESENT;
        }
        BeginReply begun = question.begun();
        if (begun.uncached()) {
            return WarmingOutcome.FAILED;
        }
        if (begun.isLeased()) {
            return WarmingOutcome.ELSEWHERE;
        }
        String name = question.entry().name();
        var mine = new Flight<Answer>(reads.ticket());
        Flight<Answer> standing = reads.standing(name, mine);
        if (standing != null) {
            question.lease().neededUntil(standing.landed());
            return WarmingOutcome.ELSEWHERE;
        }
        if (!budget.take()) {
            reads.end(mine, name, Flight.Landing.none());
            return WarmingOutcome.OVER_BUDGET;
        }
        Answer loaded = reads.lead(mine, question, load);
        return loaded.status() == ReadStatus.REFUSED ? WarmingOutcome.OVERTAKEN : WarmingOutcome.LOADED;
    }

    @Override
    public void close() {
        warmer.close();
    }
}
