// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.evict.Cache;
import dev.freshet.invalidator.evict.EvictionReport;
import dev.freshet.invalidator.plan.Eviction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Gathers the evictions of a batch and sends them on, in parts where they are many, so that memory stays bounded. */
final class EvictionBuffer {
    private static final int PART = 20_000;

    private final Cache cache;
    private final Ledger ledger;
    private final EvictionLog log;
    private final KeyPatternSource patterns;
    private final List<Eviction> gathered = new ArrayList<>();
    private boolean sending;

    EvictionBuffer(Cache cache, Ledger ledger, EvictionLog log, KeyPatternSource patterns) {
        this.cache = cache;
        this.ledger = ledger;
        this.log = log;
        this.patterns = patterns;
    }

    /**
     * Takes one more. One row can make a million keys stale, so what has gathered goes on its way in between.
     *
     * @throws CancellationException if interrupted, with the thread's flag set
     */
    void add(Eviction eviction) {
        gathered.add(eviction);
        ledger.planned(eviction);
        log.add(eviction);
        if (gathered.size() >= PART) {
            try {
                send();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while evicting");
            }
        }
    }

    void send() throws InterruptedException {
        if (!gathered.isEmpty()) {
            sending = true;
            if (gathered.stream().anyMatch(eviction -> eviction.kind() == Eviction.Kind.KEYS)) {
                cache.recognise(patterns.with(List.of()));
            }
            EvictionReport report = cache.evict(gathered);
            ledger.evicted(report);
            gathered.clear();
            sending = false;
        }
    }

    /** Whether evictions are under way, or have failed. */
    boolean isSending() {
        return sending;
    }
}
