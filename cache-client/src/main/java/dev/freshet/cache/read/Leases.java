// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.RedisStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The leases that this process has in Redis, or may have. All reads of the process share the lease of an entry. It is given
 * back when the last of them has ended, unless a fill ended it. Thread-safe.
 */
final class Leases {
    private static final Duration RETRY = Duration.ofMillis(500);

    private final RedisStore store;
    private final Duration lifetime;
    private final ConcurrentHashMap<EntryAddress, Needed> needed = new ConcurrentHashMap<>();

    private static final class Needed {
        private int questions;
        private boolean taken;
    }

    /** @param lifetime after which a lease expires by itself */
    Leases(RedisStore store, Duration lifetime) {
        this.store = store;
        this.lifetime = lifetime;
    }

    /** For a question that is about to be asked. */
    Lease begin(EntryAddress entry) {
        needed.compute(entry, (same, standing) -> {
            var all = standing == null ? new Needed() : standing;
            all.questions++;
            return all;
        });
        return new Lease(this, entry);
    }

    /**
     * A question does not need the lease any more. A read that begins between the two steps may lose its lease; then two
     * processes load.
     */
    void ended(EntryAddress entry, boolean taken) {
        var give = new boolean[1];
        needed.computeIfPresent(entry, (same, all) -> {
            all.taken |= taken;
            all.questions--;
            give[0] = all.questions == 0 && all.taken;
            return all.questions == 0 ? null : all;
        });
        if (give[0]) {
            giveBack(entry, System.nanoTime() + lifetime.toNanos());
        }
    }

    /** Redis may be away for a moment: then it is told later, as long as the lease can be there. */
    private void giveBack(EntryAddress entry, long expiry) {
        store.release(entry).whenComplete((done, failure) -> {
            if (failure != null && System.nanoTime() - expiry < 0) {
                CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> giveBackUnlessNeeded(entry, expiry));
            }
        });
    }

    /** A read that needs it by now gives it back when it ends. */
    private void giveBackUnlessNeeded(EntryAddress entry, long expiry) {
        var again = needed.computeIfPresent(entry, (same, all) -> {
            all.taken = true;
            return all;
        });
        if (again == null) {
            giveBack(entry, expiry);
        }
    }
}
