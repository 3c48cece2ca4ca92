// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.cache.KeyPatternSource;
import dev.freshet.core.plan.Eviction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Collects the evictions of a batch and sends them, in parts if there are many, so that memory stays bounded. */
final class EvictionBuffer {
    private static final int PART = 20_000;

    private final Cache cache;
    private final PipelineListener listener;
    private final EvictionLog log;
    private final KeyPatternSource patterns;
    private final List<Eviction> gathered = new ArrayList<>();
    private boolean sending;

    EvictionBuffer(Cache cache, PipelineListener listener, EvictionLog log, KeyPatternSource patterns) {
        this.cache = cache;
        this.listener = listener;
        this.log = log;
        this.patterns = patterns;
    }

    /**
     * Adds an eviction. One row can make a million keys stale, so a full part is sent at once.
     *
     * @throws CancellationException if interrupted, with the thread's flag set
     */
    void add(Eviction eviction) {
        gathered.add(eviction);
        listener.planned(eviction);
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
            listener.evicted(report);
            gathered.clear();
            sending = false;
        }
    }

    /** Whether evictions are being sent, or sending them failed. */
    boolean isSending() {
        return sending;
    }
}
