// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.redis;

import dev.freshet.lab.race.history.RunClock;
import dev.freshet.lab.race.source.StalenessBound;
import dev.freshet.lab.race.world.WalPositions;
import io.lettuce.core.RedisException;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Polls the published position, so that readers do not have to. Thread-safe. */
public final class PositionWatch implements AutoCloseable {
    private static final int PAUSE_MILLIS = 1;
    private static final long REMEMBERED_NANOS =
            StalenessBound.MEMORY.plusSeconds(1).toNanos();

    /**
     * What Redis had published at some moment.
     *
     * @param position 0 if there was none
     * @param epoch the {@link RedisDisturbance} epoch, unchanged during the look-up
     */
    public record Sample(long position, long epoch) {
        public static final Sample NOTHING = new Sample(0, -1);
    }

    private final RedisConnection link;
    private final String key;
    private final RedisDisturbance disturbance;
    private final Thread thread;
    /** Samples by the time when they were known. */
    private final NavigableMap<Long, Sample> samples = new ConcurrentSkipListMap<>();

    private volatile Sample latest = Sample.NOTHING;
    private volatile boolean closed;

    /** @param key the key of the hash that holds the position */
    public PositionWatch(RedisConnection link, String key, RedisDisturbance disturbance) {
        this.link = link;
        this.key = key;
        this.disturbance = disturbance;
        this.thread = new Thread(this::watch, "position-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** The latest sample. Samples taken during a disturbance are never returned. */
    public Sample latest() {
        return latest;
    }

    /** The newest sample at that moment. The moment must not be further back than memory may lag. */
    public Sample by(long moment) {
        var entry = samples.floorEntry(moment);
        return entry == null ? Sample.NOTHING : entry.getValue();
    }

    /** The position seen last; 0 if there is none. */
    public long position() {
        return latest.position();
    }

    private void watch() {
        try {
            while (!closed) {
                look();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        latest = sample();
        long now = RunClock.now();
        samples.put(now, latest);
        samples.headMap(now - REMEMBERED_NANOS).clear();
    }

    private Sample sample() {
        long before = disturbance.epoch();
        if (!RedisDisturbance.isUndisturbed(before)) {
            return Sample.NOTHING;
        }
        try {
            byte[] lsn = link.redis().hget(key, "lsn");
            long position = lsn == null ? 0 : WalPositions.parse(new String(lsn, StandardCharsets.US_ASCII));
            return disturbance.epoch() == before ? new Sample(position, before) : Sample.NOTHING;
        } catch (RedisException e) {
            return Sample.NOTHING;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
