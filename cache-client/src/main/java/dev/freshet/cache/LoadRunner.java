// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.flight.LoadLimit;
import dev.freshet.cache.store.BeginReply;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.Fill;
import dev.freshet.cache.store.FillOutcome;
import dev.freshet.cache.store.LoaderDatabase;
import dev.freshet.cache.store.RedisStore;
import dev.freshet.cache.store.RedisUnavailable;
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
    private final LoaderDatabase database;
    private final LoadLimit limit;
    private final CacheMetrics metrics;

    LoadRunner(
            CacheSettings settings, RedisStore store, LoaderDatabase database, LoadLimit limit, CacheMetrics metrics) {
        this.settings = settings;
        this.store = store;
        this.database = database;
        this.limit = limit;
        this.metrics = metrics;
    }

    <X extends Exception> Loaded load(Loader<X> loader) throws X, InterruptedException {
        Loaded loaded;
        try {
            loaded = limited(loader);
        } catch (TooManyLoadsException e) {
            metrics.loadRefused();
            throw e;
        }
        if (loaded == null) {
            throw new NullPointerException("the loader answered null; for 'does not exist' use Loaded.absent");
        }
        return loaded;
    }

    private <X extends Exception> Loaded limited(Loader<X> loader) throws X, InterruptedException {
        if (!limit.enter()) {
            throw new TooManyLoadsException(limit.most(), limit.patience());
        }
        try {
            return timed(loader);
        } finally {
            limit.leave();
        }
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

    CacheStatus fill(EntryAddress entry, BeginReply begun, Loaded loaded) {
        SourceDatabase source = loaded.database();
        if (source != null) {
            database.set(source.system(), source.name());
        }
        if (begun.uncached()) {
            FillOutcome refused = begun.refusedFill();
            metrics.refused(refused);
            return status(refused);
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
            FillOutcome fill = store.fill(entry, begun.token(), ttl, offer(loaded));
            if (fill != FillOutcome.STORED) {
                metrics.refused(fill);
            }
            return status(fill);
        } catch (RedisUnavailable e) {
            LOG.debug("fill with unknown outcome: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return CacheStatus.BYPASS;
    }

    private static Fill offer(Loaded loaded) {
        var position = loaded.position();
        var source = loaded.database();
        return new Fill(
                loaded.json(),
                loaded.tags(),
                position == null ? null : position.place(),
                loaded.snapshot(),
                source == null ? null : source.toString());
    }

    /** The status of a read whose value was offered to Redis. */
    private static CacheStatus status(FillOutcome fill) {
        return switch (fill) {
            case STORED -> CacheStatus.MISS;
            case FENCED, LOST, OLD, TOO_LARGE -> CacheStatus.REFUSED;
            case UNCOVERED -> CacheStatus.UNCOVERED;
            case NO_INVALIDATOR, FOREIGN -> CacheStatus.NO_INVALIDATOR;
        };
    }

    /** Varies the time to live, so that values stored at the same moment do not expire at the same moment. */
    private Duration jittered(Duration ttl) {
        double factor = 1 + settings.ttlJitter() * ThreadLocalRandom.current().nextDouble(-1, 1);
        return Duration.ofMillis(Math.max(1, Math.round(ttl.toMillis() * factor)));
    }
}
