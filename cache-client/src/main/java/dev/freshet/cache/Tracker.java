// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.MasterLink;
import dev.freshet.redis.NotConnectedException;
import dev.freshet.redis.RedisLink;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from every master which keys of the namespace change, and makes each prove again and again that nothing was
 * missed. Whenever it changes who serves what, all that was kept is forgotten. See decision 0009. Thread-safe.
 */
final class Tracker implements TrackedMaster.TrackingListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tracker.class);

    private final RedisLink<String, byte[]> link;
    private final InvalidationClock notices;
    private final CacheKeys keys;
    private final AtomicReference<SourceDatabase> database;
    private final Duration interval;
    private final Runnable forgotten;
    private final ScheduledExecutorService timer;
    private volatile Consumer<byte[]> listener;
    private volatile SlotMap masters = SlotMap.NONE;

    /**
     * @param database that loaders read, as far as it is known; else it holds null
     * @param interval from one proof to the next
     * @param forgotten called when nothing that was kept is believed any more
     */
    Tracker(
            RedisLink<String, byte[]> link,
            InvalidationClock notices,
            CacheKeys keys,
            AtomicReference<SourceDatabase> database,
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

    /** What is heard of the master that serves a key; null if nothing is. */
    TrackedMaster of(String key) {
        return masters.of(key);
    }

    /** Of the master that was silent the longest. */
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

    /** In the timer's thread alone. */
    private void beat() {
        try {
            look();
            masters.heard().forEach(TrackedMaster::prove);
        } catch (NotConnectedException e) {
            LOG.debug("no proof that memory hears of every change: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.warn("no proof that memory hears of every change", e);
        }
    }

    /**
     * Who serves what is settled first and all forgotten then: who asks takes a {@link InvalidationClock#now() moment} and looks
     * here then, so that what was read of a former master is never believed by the proof of a later one. In between the
     * former ones stop: one of them might have its connection tracked just now, which the later one on the same
     * connection takes for its own doing.
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
            LOG.debug("connected after the end");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
