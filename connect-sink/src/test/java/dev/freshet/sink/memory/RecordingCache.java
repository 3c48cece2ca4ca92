// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.memory;

import dev.freshet.conformance.MemoryCache;
import dev.freshet.conformance.MemoryStore;
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
import dev.freshet.model.mapping.pattern.KeyPatterns;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A cache in memory that remembers what it was asked for, and can be made to refuse. Thread-safe. */
public final class RecordingCache implements Cache {
    private final MemoryCache cache;
    private final Set<String> evicted = new TreeSet<>();
    private final Semaphore purgesBegun = new Semaphore(0);
    private int purges;
    private int batches;
    private volatile boolean refusing;
    private volatile CountDownLatch holding = new CountDownLatch(0);

    public RecordingCache(MemoryStore store) {
        this.cache = new MemoryCache(store);
    }

    /** From now on calls wait, as they do if Redis has no memory, is read-only or denies the right. */
    public synchronized void refuse(boolean now) {
        refusing = now;
        notifyAll();
    }

    /** From now on no purge ends before the latch is opened. */
    public CountDownLatch holdPurges() {
        holding = new CountDownLatch(1);
        return holding;
    }

    /** Waits until another purge has begun. */
    public void awaitPurge() throws InterruptedException {
        purgesBegun.acquire();
    }

    /** What was evicted since the last call, as {@code tag shop:1} or {@code key item:2}. */
    public synchronized Set<String> take() {
        var taken = new TreeSet<>(evicted);
        evicted.clear();
        return taken;
    }

    /** How often everything was evicted since the last call. */
    public synchronized int takePurges() {
        int taken = purges;
        purges = 0;
        return taken;
    }

    /** How many batches were evicted since the last call. */
    public synchronized int takeBatches() {
        int taken = batches;
        batches = 0;
        return taken;
    }

    @Override
    public EvictionReport evict(Collection<? extends Eviction> evictions) throws InterruptedException {
        synchronized (this) {
            while (refusing) {
                wait();
            }
            batches++;
            evictions.forEach(one -> evicted.add(one.kind() + " " + one.name()));
        }
        return cache.evict(evictions);
    }

    @Override
    public void purge(Collection<String> keyGlobs, PurgeProgress progress) throws InterruptedException {
        synchronized (this) {
            purges++;
        }
        purgesBegun.release();
        cache.purge(keyGlobs, progress);
        holding.await();
    }

    @Override
    public EvictorStatus status() {
        return refusing
                ? new EvictorStatus(true, "OOM command not allowed", Instant.EPOCH)
                : new EvictorStatus(false, null, Instant.EPOCH);
    }

    @Override
    public void recognise(KeyPatterns known) {
        cache.recognise(known);
    }

    @Override
    public void dropFenceSets() {
        cache.dropFenceSets();
    }

    @Override
    public Masters masters() {
        return cache.masters();
    }

    @Override
    public boolean claim(Claim now, Owner own, boolean takeOver) {
        return cache.claim(now, own, takeOver);
    }

    @Override
    public List<Optional<String>> mappings(Masters of) {
        return cache.mappings(of);
    }

    @Override
    public boolean publish(Position position, Masters on, Masters heldAt) {
        return cache.publish(position, on, heldAt);
    }

    @Override
    public void withdraw() {
        cache.withdraw();
    }

    @Override
    public Losses beginReading(String process, String place, int enough, boolean again) {
        return cache.beginReading(process, place, enough, again);
    }

    @Override
    public void endReading(String process) {
        cache.endReading(process);
    }
}
