// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.warming;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.freshet.cache.store.EntryAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads hot keys when Redis reports that they changed, ahead of the next read. Loads run in threads of its own,
 * within a budget, and in only one of all readers. What exceeds the budget is left to the next read. Thread-safe.
 *
 * @param <L> what loads an entry
 */
public final class Warmer<L> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Warmer.class);
    private static final int QUEUE = 1000;

    private final WarmingSettings settings;
    private final Refresh<L> refresh;
    private final Consumer<WarmingOutcome> outcomes;
    private final ReadCounts counts;
    private final Cache<String, Hot<L>> hot;
    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor workers;

    /** An entry that is read often, and how to load it. */
    public record Hot<L>(EntryAddress entry, L loader) {}

    /** Brings one entry up to date in Redis and in memory. */
    @FunctionalInterface
    public interface Refresh<L> {
        void run(Hot<L> hot) throws Exception;
    }

    /** @param outcomes told when a warming ended without a refresh */
    public Warmer(
            WarmingSettings settings, Refresh<L> refresh, Consumer<WarmingOutcome> outcomes, LongSupplier nanoTime) {
        this.settings = settings;
        this.counts = new ReadCounts(nanoTime);
        this.refresh = refresh;
        this.outcomes = outcomes;
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
    public void read(EntryAddress entry, L loader) {
        if (counts.add(entry.name()) >= settings.hotReads()) {
            hot.put(entry.name(), new Hot<>(entry, loader));
        }
    }

    /** Called when Redis reports a change. Does not block. */
    public void changed(byte[] key) {
        var found = hot.getIfPresent(new String(key, StandardCharsets.UTF_8));
        if (found != null && isHot(found) && pending.add(found.entry().name())) {
            try {
                workers.execute(() -> warm(found));
            } catch (RejectedExecutionException full) {
                pending.remove(found.entry().name());
                outcomes.accept(WarmingOutcome.OVER_BUDGET);
            }
        }
    }

    private boolean isHot(Hot<L> one) {
        boolean still = counts.of(one.entry().name()) >= settings.hotReads();
        if (!still) {
            hot.invalidate(one.entry().name());
        }
        return still;
    }

    private void warm(Hot<L> one) {
        // Must come first: a change reported from now on needs another refresh.
        pending.remove(one.entry().name());
        try {
            refresh.run(one);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            outcomes.accept(WarmingOutcome.FAILED);
            LOG.debug("a hot key was not warmed: {}", e.toString());
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
