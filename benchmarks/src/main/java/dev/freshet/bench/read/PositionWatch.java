// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.history.Ticks;
import dev.freshet.bench.write.Lsn;
import io.lettuce.core.RedisException;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Polls the published position, so that readers do not have to. Thread-safe. */
public final class PositionWatch implements AutoCloseable {
    private static final int PAUSE_MILLIS = 1;
    private static final long REMEMBERED_NANOS = Staleness.MEMORY.plusSeconds(1).toNanos();

    /**
     * What Redis had published at some moment.
     *
     * @param position 0 if there was none
     * @param turn the {@link Calm} turn, unchanged during the look-up
     */
    record Sample(long position, long turn) {
        static final Sample NOTHING = new Sample(0, -1);
    }

    private final PlainRedis link;
    private final String key;
    private final Calm calm;
    private final Thread thread;
    /** Samples by the time when they were known. */
    private final NavigableMap<Long, Sample> samples = new ConcurrentSkipListMap<>();

    private volatile Sample latest = Sample.NOTHING;
    private volatile boolean closed;

    /** @param key the key of the hash that holds the position */
    public PositionWatch(PlainRedis link, String key, Calm calm) {
        this.link = link;
        this.key = key;
        this.calm = calm;
        this.thread = new Thread(this::watch, "position-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** The latest sample. Samples taken during a disturbance are never returned. */
    Sample latest() {
        return latest;
    }

    /** The newest sample at that moment. The moment must not be further back than memory may lag. */
    Sample by(long moment) {
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
        long now = Ticks.now();
        samples.put(now, latest);
        samples.headMap(now - REMEMBERED_NANOS).clear();
    }

    private Sample sample() {
        long before = calm.turn();
        if (!Calm.isCalm(before)) {
            return Sample.NOTHING;
        }
        try {
            byte[] lsn = link.redis().hget(key, "lsn");
            long position = lsn == null ? 0 : Lsn.parse(new String(lsn, StandardCharsets.US_ASCII));
            return calm.turn() == before ? new Sample(position, before) : Sample.NOTHING;
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
