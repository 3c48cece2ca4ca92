// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.load;

import dev.freshet.cache.store.BeginReply;
import dev.freshet.cache.store.EntryAddress;
import dev.freshet.cache.store.Fill;
import dev.freshet.cache.store.FillOutcome;
import dev.freshet.cache.store.LoaderDatabase;
import dev.freshet.cache.store.RedisStore;
import dev.freshet.cache.store.RedisUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers loaded values to Redis. Thread-safe. */
public final class Filler {
    private static final Logger LOG = LoggerFactory.getLogger(Filler.class);

    private final FillSettings settings;
    private final RedisStore store;
    private final LoaderDatabase database;
    private final CacheMetrics metrics;

    /** @param database told of the one that a loader reports */
    public Filler(FillSettings settings, RedisStore store, LoaderDatabase database, CacheMetrics metrics) {
        this.settings = settings;
        this.store = store;
        this.database = database;
        this.metrics = metrics;
    }

    /**
     * Offers a value.
     *
     * @param begun the reply that came before the load began
     * @return null if it was not offered, as there is no token; or if nobody knows whether it was stored. The thread is
     *     then interrupted if that is why
     */
    public FillOutcome fill(EntryAddress entry, BeginReply begun, Fill loaded) {
        FillOutcome refused = refusedBefore(begun, loaded);
        if (refused != null || begun.token() == null) {
            return noted(refused);
        }
        try {
            return noted(store.fill(entry, begun.token(), ttl(loaded), loaded));
        } catch (RedisUnavailable e) {
            LOG.debug("fill with unknown outcome: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    /** As {@link #fill}, without waiting: so several fills are under way at a time. What comes back does not fail. */
    public CompletableFuture<FillOutcome> fillAsync(EntryAddress entry, BeginReply begun, Fill loaded) {
        FillOutcome refused = refusedBefore(begun, loaded);
        if (refused != null || begun.token() == null) {
            return CompletableFuture.completedFuture(noted(refused));
        }
        return store.fillAsync(entry, begun.token(), ttl(loaded), loaded).handle((fill, failure) -> {
            if (failure != null) {
                LOG.debug("fill with unknown outcome: {}", failure.getMessage());
            }
            return noted(fill);
        });
    }

    /** Why Redis need not be asked; null if it has to be. Takes note of the database that was read. */
    private FillOutcome refusedBefore(BeginReply begun, Fill loaded) {
        var source = loaded.database();
        if (source != null) {
            database.set(source);
        }
        if (begun.uncached()) {
            return begun.refusedFill();
        }
        if (begun.token() == null) {
            return null;
        }
        if (!loaded.wanted()) {
            return FillOutcome.UNWANTED;
        }
        boolean tooLarge = loaded.json() != null && loaded.json().length > settings.maxValueBytes();
        return tooLarge ? FillOutcome.TOO_LARGE : null;
    }

    private FillOutcome noted(FillOutcome fill) {
        if (fill != null && fill != FillOutcome.STORED) {
            metrics.refused(fill);
        }
        return fill;
    }

    private Duration ttl(Fill loaded) {
        return jittered(loaded.json() == null ? settings.absentTtl() : settings.ttl());
    }

    /** Varies the time to live, so that values stored at the same moment do not expire at the same moment. */
    private Duration jittered(Duration ttl) {
        double factor = 1 + settings.ttlJitter() * ThreadLocalRandom.current().nextDouble(-1, 1);
        return Duration.ofMillis(Math.max(1, Math.round(ttl.toMillis() * factor)));
    }
}
