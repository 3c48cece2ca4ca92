// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs loaders and offers their values to Redis. Thread-safe. */
final class LoadRunner {
    private static final Logger LOG = LoggerFactory.getLogger(LoadRunner.class);

    private final CacheSettings settings;
    private final RedisStore store;
    private final LoadLimit limit;
    private final CacheMetrics metrics;

    LoadRunner(CacheSettings settings, RedisStore store, LoadLimit limit, CacheMetrics metrics) {
        this.settings = settings;
        this.store = store;
        this.limit = limit;
        this.metrics = metrics;
    }

    <X extends Exception> Loaded load(Loader<X> loader) throws X, InterruptedException {
        Loaded loaded;
        try {
            loaded = limit.run(() -> timed(loader));
        } catch (TooManyLoadsException e) {
            metrics.loadRefused();
            throw e;
        }
        if (loaded == null) {
            throw new NullPointerException("the loader answered null; for 'does not exist' use Loaded.absent");
        }
        return loaded;
    }

    private <X extends Exception> Loaded timed(Loader<X> loader) throws X {
        long start = System.nanoTime();
        Loaded loaded = null;
        try {
            loaded = loader.load();
            return loaded;
        } finally {
            (loaded == null ? metrics.loadFailed : metrics.loaded)
                    .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    CacheStatus fill(EntryKey key, BeginReply begun, Loaded loaded) {
        if (loaded.database() != null) {
            store.readsFrom(loaded.database());
        }
        if (begun.uncached()) {
            FillOutcome refused = FillOutcome.of(begun.hindrance().kind().name());
            metrics.refused(refused);
            return refused.status();
        }
        if (begun.token() == null) {
            return CacheStatus.BYPASS;
        }
        if (loaded.json() != null && loaded.json().length > settings.maxValueBytes()) {
            metrics.refused(FillOutcome.TOO_LARGE);
            return CacheStatus.REFUSED;
        }
        try {
            Duration ttl = jittered(loaded.json() == null ? settings.absentTtl() : settings.ttl());
            FillOutcome fill = store.fill(key, begun.token(), ttl, loaded);
            if (fill != FillOutcome.STORED) {
                metrics.refused(fill);
            }
            return fill.status();
        } catch (RedisUnavailable e) {
            LOG.debug("fill with unknown outcome: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return CacheStatus.BYPASS;
    }

    /** Varies the time to live, so that values stored at the same moment do not expire at the same moment. */
    private Duration jittered(Duration ttl) {
        double factor = 1 + settings.ttlJitter() * ThreadLocalRandom.current().nextDouble(-1, 1);
        return Duration.ofMillis(Math.max(1, Math.round(ttl.toMillis() * factor)));
    }
}
