// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.evict.EvictionReport;
import dev.freshet.invalidator.evict.Evictor;
import dev.freshet.invalidator.plan.Eviction;
import java.util.ArrayList;
import java.util.List;

/** Gathers the evictions of a batch and sends them on, in parts where they are many, so that memory stays bounded. */
final class Batch {
    private static final int PART = 20_000;

    private final Evictor evictor;
    private final Ledger ledger;
    private final List<Eviction> gathered = new ArrayList<>();

    Batch(Evictor evictor, Ledger ledger) {
        this.evictor = evictor;
        this.ledger = ledger;
    }

    void add(Eviction eviction) {
        gathered.add(eviction);
        ledger.planned(eviction);
    }

    /** Between chunks: sends what has gathered if it is much. */
    void relieve() throws InterruptedException {
        if (gathered.size() >= PART) {
            send();
        }
    }

    void send() throws InterruptedException {
        if (!gathered.isEmpty()) {
            EvictionReport report = evictor.evict(gathered);
            ledger.evicted(report);
            gathered.clear();
        }
    }
}
