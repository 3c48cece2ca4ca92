// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.near;

import dev.freshet.cache.store.BeginRequest;
import dev.freshet.cache.store.Demand;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.LoaderDatabase;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.RedisLink;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The near cache that follows Redis. Its values may be used for a limited time after the last {@link FreshnessProof} that it
 * heard of every change: a short time while Redis answers, a longer one while it does not.
 */
public final class TrackedNearCache implements NearCache {
    /** Less than half of the lifetime of a wish in Redis. */
    private static final Duration TOLD_EVERY = Duration.ofSeconds(20);

    private final CacheKeys keys;
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

    /** @param database that loaders read */
    public TrackedNearCache(
            NearSettings settings,
            RedisLink<String, byte[]> link,
            CacheKeys keys,
            LoaderDatabase database,
            MeterRegistry registry) {
        this.keys = keys;
        this.notices = NearEntries.notices(settings.bytes());
        this.entries = new NearEntries(keys, notices, settings.bytes(), settings.ttl());
        this.tracker = new Tracker(link, notices, keys, database, settings.interval(), entries::clear);
        this.maxAge = settings.maxAge();
        this.outageMaxAge = settings.outageMaxAge();
        Gauge.builder("freshet.cache.near.bytes", entries, NearEntries::bytes)
                .description("Approximate memory used by the near cache")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("freshet.cache.near.proof.age", tracker, Tracker::proofAgeSeconds)
                .description("Time since the near cache was last known to have received every change; NaN: never")
                .baseUnit("seconds")
                .register(registry);
    }

    @Override
    public void start(Consumer<byte[]> changed) {
        tracker.start(changed);
    }

    @Override
    public Found beforeRedis(EntryAddress entry, Demand demand) {
        if (demand instanceof Demand.MaxAge age && tells(age.bound())) {
            return null;
        }
        return answer(entry.name(), demand, maxAge);
    }

    @Override
    public Found withoutRedis(EntryAddress entry, Demand demand) {
        return answer(entry.name(), demand, outageMaxAge);
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
    private Found answer(String name, Demand demand, Duration most) {
        var heard = tracker.of(name);
        var proof = heard == null ? null : heard.proof();
        if (proof == null || !proof.suffices(demand, System.nanoTime(), most)) {
            return null;
        }
        var kept = entries.get(name, proof.floor());
        boolean same = heard.floor() == proof.floor() && tracker.of(name) == heard;
        return same && kept != null ? new Found(kept, proof.asked()) : null;
    }

    /** The moment is taken first, so that any later change of the connection counts against the reply. */
    @Override
    public BeginRequest asking(EntryAddress entry) {
        long moment = notices.now();
        var heard = tracker.of(entry.name());
        return heard != null && heard.connection().isOpen()
                ? new BeginRequest(entry, moment, heard.connection())
                : BeginRequest.only(entry);
    }

    @Override
    public void keep(BeginRequest asking, EntryFormat entry, NearValue value) {
        entries.put(asking.entry(), value, entry.tags(), asking.moment());
    }

    @Override
    public void forget(EntryAddress entry) {
        entries.remove(entry.name());
    }

    /** As if Redis had told of it, which it will: but a read that comes next in this process must not be earlier. */
    @Override
    public void forget(Isolate isolate, List<Tag> tags) {
        tags.forEach(tag -> notices.heard(keys.tagSet(isolate, tag).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        tracker.close();
        entries.clear();
    }
}
