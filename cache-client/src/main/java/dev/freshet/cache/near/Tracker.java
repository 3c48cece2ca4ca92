// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.near;

import dev.freshet.cache.store.LoaderDatabase;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.MasterLink;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.answer.NotConnectedException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks which keys of the namespace change on every master, and has each master prove periodically that no notice was
 * missed. When the slot map changes, everything that was kept is dropped. See decision 0009. Thread-safe.
 */
final class Tracker implements TrackedMaster.TrackingListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tracker.class);

    private final RedisLink<String, byte[]> link;
    private final InvalidationClock notices;
    private final CacheKeys keys;
    private final LoaderDatabase database;
    private final Duration interval;
    private final Runnable forgotten;
    private final ScheduledExecutorService timer;
    private volatile Consumer<byte[]> listener;
    private volatile SlotMap masters = SlotMap.NONE;

    /**
     * @param database that loaders read
     * @param interval from one proof to the next
     * @param forgotten called when all kept values become invalid
     */
    Tracker(
            RedisLink<String, byte[]> link,
            InvalidationClock notices,
            CacheKeys keys,
            LoaderDatabase database,
            Duration interval,
            Runnable forgotten) {
        this.link = link;
        this.notices = notices;
        this.keys = keys;
        this.database = database;
        this.interval = interval;
        this.forgotten = forgotten;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "freshet-near");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param changed called with every key that changed, in the thread that reads from Redis: must not block */
    void start(Consumer<byte[]> changed) {
        listener = changed;
        timer.scheduleWithFixedDelay(this::beat, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The tracked master that serves a key; null if there is none. */
    TrackedMaster of(String key) {
        return masters.of(key);
    }

    /**
     * The age in seconds of the oldest of the masters' last proofs; NaN if a master is not connected or has no proof
     * yet.
     */
    double proofAgeSeconds() {
        long now = System.nanoTime();
        var known = masters;
        return known.areAllHeard()
                ? known.heard().stream()
                        .map(TrackedMaster::proof)
                        .mapToDouble(last -> last == null ? Double.NaN : (now - last.asked()) / 1e9)
                        .reduce(0, Math::max)
                : Double.NaN;
    }

    /** Runs in the timer's thread only. */
    private void beat() {
        try {
            look();
            masters.heard().forEach(TrackedMaster::prove);
        } catch (NotConnectedException e) {
            LOG.debug("cannot prove that the near cache receives every change: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.warn("cannot prove that the near cache receives every change", e);
        }
    }

    /**
     * Updates the slot map. The new map is set first, and then everything is dropped. A reader takes a {@link
     * InvalidationClock#now() moment} first and reads the map second. So a value read from a former master is never
     * believed by the proof of a later one. The former masters are closed in between: one of them might be turning on
     * tracking at that moment, and its successor on the same connection would take that for its own doing.
     */
    private void look() {
        var found = link.masters();
        var before = masters;
        if (!before.are(found)) {
            masters = SlotMap.of(found, this::hear);
            before.close();
            notices.everything();
            forgotten.run();
        }
    }

    private TrackedMaster hear(MasterLink<String, byte[]> master, StatefulRedisConnection<String, byte[]> connection) {
        var index = master.positionIndex();
        String position = index.isPresent() ? keys.position(index.getAsInt()) : keys.position();
        return new TrackedMaster(connection, keys.isolatedPrefix(), position, database, notices, this);
    }

    @Override
    public void changed(byte[] key) {
        listener.accept(key);
    }

    @Override
    public void soon() {
        try {
            timer.execute(this::beat);
        } catch (RejectedExecutionException closed) {
            LOG.debug("connected after close");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
