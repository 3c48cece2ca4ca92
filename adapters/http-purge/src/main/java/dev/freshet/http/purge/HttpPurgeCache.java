// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.cache.EvictorStatus;
import dev.freshet.core.cache.Losses;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import dev.freshet.core.cache.PurgeProgress;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Reason;
import dev.freshet.http.purge.provider.PurgeKind;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.protocol.Lsn;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A cache, with an HTTP cache that is purged of what is evicted there. The cache has the position and the claim, and is
 * evicted first: who asks the origin after the purge gets no answer from an entry that is stale.
 *
 * <p>Evictions of changes wait for the HTTP cache in a queue, so a slow one holds up neither evictions nor the position.
 * They are {@link #acknowledgeable} once it has accepted them: after a restart the others come again. What does not come
 * again (a purge, what a changed mapping evicts, what is repeated after a failover) is accepted before the next position
 * is published.
 *
 * <p>An eviction by pattern, and a purge, purge the HTTP cache of everything: surrogate keys have no patterns.
 * Thread-safe; meant for one thread that keeps the order of batches.
 */
public final class HttpPurgeCache implements Cache, AutoCloseable {
    private static final int CAPACITY = 100_000;

    private final Cache cache;
    private final PurgeKind kind;
    private final HttpPurgeMetrics metrics;
    private final PurgeQueue queue = new PurgeQueue(CAPACITY);
    private final Purger purger;
    /** Whether something waits that would not come again. */
    private volatile boolean held;

    /**
     * Sends nothing until something is evicted.
     *
     * @param cache stays the caller's to close
     */
    public HttpPurgeCache(Cache cache, HttpPurgeSettings settings, MeterRegistry registry) {
        this(cache, settings, registry, Timings.USUAL);
    }

    HttpPurgeCache(Cache cache, HttpPurgeSettings settings, MeterRegistry registry, Timings timings) {
        this.cache = cache;
        this.kind = settings.endpoint().kind();
        this.metrics = new HttpPurgeMetrics(registry);
        this.purger = new Purger(queue, settings, timings, metrics, Clock.systemUTC());
        metrics.show("pending", "Surrogate keys that the HTTP cache has not accepted yet", queue::size);
        metrics.show(
                "stalled",
                "1 while the HTTP cache does not accept purges, so that nothing is acknowledged",
                () -> purger.status().waiting() ? 1 : 0);
        purger.start();
    }

    @Override
    public void recognise(KeyPatterns known) {
        cache.recognise(known);
    }

    @Override
    public EvictionReport evict(Collection<? extends Eviction> evictions) throws InterruptedException {
        EvictionReport report = cache.evict(evictions);
        for (Eviction eviction : evictions) {
            if (eviction.reason() == Reason.MAPPING_CHANGED) {
                held = true;
            }
            if (eviction.kind().isPattern()) {
                queue.addEverything();
            } else {
                add(kind.keyOf(eviction.name()));
            }
        }
        return report;
    }

    private void add(String key) throws InterruptedException {
        if (key.length() > kind.longestKey()) {
            metrics.skipped();
        } else {
            queue.add(key);
        }
    }

    @Override
    public void purge(Collection<String> keyGlobs, PurgeProgress progress) throws InterruptedException {
        cache.purge(keyGlobs, progress);
        held = true;
        queue.addEverything();
    }

    /** What is evicted next is repeated: the stream may not bring it again. */
    @Override
    public void dropFenceSets() throws InterruptedException {
        cache.dropFenceSets();
        held = true;
    }

    @Override
    public Masters masters() throws InterruptedException {
        return cache.masters();
    }

    /** A session begins, with what was not acknowledged. */
    @Override
    public boolean claim(Claim now, Owner own, boolean takeOver) throws InterruptedException {
        boolean claimed = cache.claim(now, own, takeOver);
        held = false;
        queue.reset();
        return claimed;
    }

    @Override
    public List<Optional<String>> mappings(Masters of) throws InterruptedException {
        return cache.mappings(of);
    }

    @Override
    public boolean publish(Position position, Masters on, Masters heldAt) throws InterruptedException {
        if (held) {
            queue.awaitAccepted();
            held = false;
        }
        boolean published = cache.publish(position, on, heldAt);
        if (published) {
            queue.published(position.lsn());
        }
        return published;
    }

    @Override
    public Lsn acknowledgeable(Lsn done) {
        Lsn settled = queue.settled();
        return settled.isBefore(done) ? settled : done;
    }

    @Override
    public void withdraw() throws InterruptedException {
        cache.withdraw();
    }

    @Override
    public Losses beginReading(String process, String place, int enough, boolean again) throws InterruptedException {
        return cache.beginReading(process, place, enough, again);
    }

    @Override
    public void endReading(String process) {
        cache.endReading(process);
    }

    @Override
    public EvictorStatus status() {
        return cache.status();
    }

    @Override
    public Optional<EvictorStatus> secondary() {
        return Optional.of(purger.status());
    }

    /** Ends at once. Calls that wait for the HTTP cache throw an {@link IllegalStateException}. */
    @Override
    public void close() {
        purger.close();
    }
}
