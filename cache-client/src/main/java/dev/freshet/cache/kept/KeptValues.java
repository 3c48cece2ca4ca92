// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.kept;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.freshet.cache.near.NearValue;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.protocol.Isolate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The last values that this process was answered, for when loads fail. Each has a moment at which it was still right: it was
 * asked for afterwards. So whatever evicted it came later, and it is no further past its eviction than that moment is ago.
 * Thread-safe.
 */
public final class KeptValues {
    /** Keeps nothing. */
    public static final KeptValues NONE = new KeptValues(new KeptSettings(Duration.ZERO, 0), () -> 0);

    /** What an entry costs beside its name and value, about. */
    private static final int OVERHEAD = 150;

    private static final int MOST_OWNERS = 10_000;

    private final KeptSettings settings;
    private final LongSupplier nanoTime;
    private final Cache<EntryAddress, Kept> values;
    private final ForgottenOwners forgotten;

    private record Kept(NearValue value, long rightAt) {}

    /**
     * A value that may be out of date.
     *
     * @param age how long ago it was right for certain
     */
    public record Stale(NearValue value, Duration age) {}

    /** @param nanoTime as {@link System#nanoTime()} */
    public KeptValues(KeptSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.forgotten = new ForgottenOwners(MOST_OWNERS, nanoTime);
        this.values = Caffeine.newBuilder()
                .maximumWeight(settings.bytes())
                .<EntryAddress, Kept>weigher((entry, kept) -> OVERHEAD
                        + entry.name().length()
                        + (kept.value().json() == null ? 0 : kept.value().json().length))
                .executor(Runnable::run)
                .build();
    }

    /** A moment, before something is asked for. */
    public long now() {
        return nanoTime.getAsLong();
    }

    /**
     * Keeps a value.
     *
     * @param moment at which it was right for certain: before the database or Redis was asked for it, or that of the proof by
     *     which the memory of this process answered. Never when it was read from there
     */
    public void keep(EntryAddress entry, NearValue value, long moment) {
        if (settings.bytes() > 0) {
            values.asMap().merge(entry, new Kept(value, moment), KeptValues::later);
        }
    }

    private static Kept later(Kept one, Kept other) {
        return other.rightAt() - one.rightAt() >= 0 ? other : one;
    }

    /** The value, if it was right recently enough. */
    public Optional<Stale> find(EntryAddress entry) {
        var kept = settings.bytes() > 0 ? values.getIfPresent(entry) : null;
        if (kept == null) {
            return Optional.empty();
        }
        long age = now() - kept.rightAt();
        if (age > settings.most().toNanos() || forgotten.since(kept.rightAt(), entry.isolate())) {
            values.asMap().remove(entry, kept);
            return Optional.empty();
        }
        return Optional.of(new Stale(kept.value(), Duration.ofNanos(age)));
    }

    public void forget(EntryAddress entry) {
        values.invalidate(entry);
    }

    /** Forgets all of an owner, and what was asked for until now and comes later. */
    public void forget(Isolate isolate) {
        if (settings.bytes() == 0) {
            return;
        }
        forgotten.forget(isolate);
        values.asMap().keySet().removeIf(entry -> entry.isolate().equals(isolate));
    }
}
