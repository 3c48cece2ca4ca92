// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import dev.freshet.lab.race.redis.RedisConnection;
import dev.freshet.lab.race.source.LibrarySource;
import dev.freshet.lab.race.world.View;
import dev.freshet.protocol.CacheKeys;
import io.lettuce.core.RedisException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Has one load of this process wait, between load and fill, while the process has the lease of its entry. Thread-safe. */
final class LeaseHold {
    private static final long MOST_SECONDS = 60;

    private final RedisConnection redis;
    private final CacheKeys keys;
    private final byte[] owner;
    private final Runnable tell;
    private final AtomicReference<CountDownLatch> armed = new AtomicReference<>();
    private volatile CountDownLatch latest = new CountDownLatch(0);

    /**
     * A hold that stops nothing yet.
     *
     * @param owner what the leases of this process hold
     * @param tell tells the harness that a load waits
     */
    LeaseHold(RedisConnection redis, CacheKeys keys, byte[] owner, Runnable tell) {
        this.redis = redis;
        this.keys = keys;
        this.owner = owner;
        this.tell = tell;
    }

    /** Has the next load with a lease wait. */
    void arm() {
        var latch = new CountDownLatch(1);
        latest = latch;
        armed.set(latch);
    }

    /** Lets it go on, or has none wait any more. */
    void release() {
        armed.set(null);
        latest.countDown();
    }

    /** Waits, if it is this load's turn. Returns whether it was. */
    boolean await(List<View> loaded) throws InterruptedException {
        var latch = armed.get();
        if (latch == null || loaded.stream().noneMatch(this::isOurs) || !armed.compareAndSet(latch, null)) {
            return false;
        }
        tell.run();
        return latch.await(MOST_SECONDS, TimeUnit.SECONDS);
    }

    private boolean isOurs(View view) {
        var key = LibrarySource.key(view);
        var entry = keys.entry(
                key.isolate(), key.view().entity(), key.id(), key.view().name());
        try {
            return Arrays.equals(owner, redis.redis().get(keys.lease(key.isolate(), entry)));
        } catch (RedisException away) {
            return false;
        }
    }
}
