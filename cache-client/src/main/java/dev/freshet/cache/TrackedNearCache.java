// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.protocol.EntryFormat;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The near cache that follows Redis. Its values may be used for a limited time after the last {@link Proof} that it
 * heard of every change: a short time while Redis answers, a longer one while it does not.
 */
final class TrackedNearCache implements NearCache {
    /** Less than half of the lifetime of a wish in Redis. */
    private static final Duration TOLD_EVERY = Duration.ofSeconds(20);

    private final InvalidationClock notices;
    private final NearEntries entries;
    private final Tracker tracker;
    private final Duration maxAge;
    private final Duration outageMaxAge;
    private final AtomicReference<Wish> wish = new AtomicReference<>(new Wish(Duration.ofDays(2), 0));

    /** A bound, and the {@link System#nanoTime()} at which Redis was told of it; see {@code want} in begin.lua. */
    private record Wish(Duration bound, long toldAt) {
        boolean stands(Duration asked, long now) {
            return asked.compareTo(bound) >= 0 && now - toldAt < TOLD_EVERY.toNanos();
        }
    }

    TrackedNearCache(
            InvalidationClock notices, NearEntries entries, Tracker tracker, Duration maxAge, Duration outageMaxAge) {
        this.notices = notices;
        this.entries = entries;
        this.tracker = tracker;
        this.maxAge = maxAge;
        this.outageMaxAge = outageMaxAge;
    }

    @Override
    public void start(Consumer<byte[]> changed) {
        tracker.start(changed);
    }

    @Override
    public CacheResult beforeRedis(String name, Consistency consistency) {
        if (consistency instanceof Consistency.Bounded bounded && tells(bounded.maxAge())) {
            return null;
        }
        return answer(name, consistency, maxAge, CacheStatus.NEAR);
    }

    @Override
    public CacheResult withoutRedis(String name, Consistency consistency) {
        return answer(name, consistency, outageMaxAge, CacheStatus.MEMORY);
    }

    /** Whether this read must go to Redis: there the invalidator learns how fresh readers want their values. */
    private boolean tells(Duration bound) {
        long now = System.nanoTime();
        Wish told = wish.get();
        return !told.stands(bound, now) && wish.compareAndSet(told, new Wish(bound, now));
    }

    /**
     * The proof is read first: a value that is still good afterwards was good when the proof was requested. The proof
     * must also be of the same server, on the same connection: another server knows nothing of the position that the
     * proof found.
     */
    private CacheResult answer(String name, Consistency consistency, Duration most, CacheStatus status) {
        var heard = tracker.of(name);
        var proof = heard == null ? null : heard.proof();
        if (proof == null || !proof.suffices(consistency, System.nanoTime(), most)) {
            return null;
        }
        var kept = entries.get(name, proof.floor());
        boolean same = heard.floor() == proof.floor() && tracker.of(name) == heard;
        return kept != null && same ? kept.as(status) : null;
    }

    /** The moment is taken first, so that any later change of the connection counts against the reply. */
    @Override
    public BeginRequest asking(String name) {
        long moment = notices.now();
        var heard = tracker.of(name);
        return heard != null && heard.connection().isOpen()
                ? new BeginRequest(name, moment, heard.connection())
                : BeginRequest.only(name);
    }

    @Override
    public void keep(BeginRequest asking, EntryKey key, EntryFormat entry, CacheResult value) {
        entries.put(asking.name(), key.isolate(), value, entry.tags(), asking.moment());
    }

    @Override
    public void close() {
        tracker.close();
        entries.clear();
    }
}
