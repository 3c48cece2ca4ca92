// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads hot keys when Redis reports that they changed, ahead of the next read. Loads run in threads of its own,
 * within a budget, and in only one of all readers. What exceeds the budget is left to the next read. Thread-safe.
 */
final class Warmer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Warmer.class);
    private static final int QUEUE = 1000;

    private final WarmingSettings settings;
    private final Refresh refresh;
    private final CacheMetrics metrics;
    private final ReadCounts counts;
    private final Cache<String, Hot> hot;
    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor workers;

    /** A key that is read often, and how to load it. */
    record Hot(EntryKey key, String name, Loader<?> loader) {}

    /** Brings one key up to date in Redis and in memory. */
    @FunctionalInterface
    interface Refresh {
        void run(Hot hot) throws Exception;
    }

    Warmer(WarmingSettings settings, Refresh refresh, CacheMetrics metrics, LongSupplier nanoTime) {
        this.settings = settings;
        this.counts = new ReadCounts(nanoTime);
        this.refresh = refresh;
        this.metrics = metrics;
        this.hot = Caffeine.newBuilder()
                .maximumSize(settings.keys())
                .executor(Runnable::run)
                .build();
        this.workers = new ThreadPoolExecutor(
                settings.concurrent(),
                settings.concurrent(),
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                work -> {
                    var thread = new Thread(work, "freshet-warming");
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
    }

    /** Counts a read. */
    void read(String name, EntryKey key, Loader<?> loader) {
        if (counts.add(name) >= settings.hotReads()) {
            hot.put(name, new Hot(key, name, loader));
        }
    }

    /** Called when Redis reports a change. Does not block. */
    void changed(byte[] key) {
        var found = hot.getIfPresent(new String(key, StandardCharsets.UTF_8));
        if (found != null && isHot(found) && pending.add(found.name())) {
            try {
                workers.execute(() -> warm(found));
            } catch (RejectedExecutionException full) {
                pending.remove(found.name());
                metrics.warming(WarmingOutcome.OVER_BUDGET);
            }
        }
    }

    private boolean isHot(Hot one) {
        boolean still = counts.of(one.name()) >= settings.hotReads();
        if (!still) {
            hot.invalidate(one.name());
        }
        return still;
    }

    private void warm(Hot one) {
        // Must come first: a change reported from now on needs another refresh.
        pending.remove(one.name());
        try {
            refresh.run(one);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            metrics.warming(WarmingOutcome.FAILED);
            LOG.debug("a hot key was not warmed: {}", e.toString());
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
