// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.cache.EvictorStatus;
import dev.freshet.core.cache.Losses;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import dev.freshet.core.cache.PurgeProgress;
import dev.freshet.core.plan.Eviction;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.Topology;
import dev.freshet.redis.cache.evict.BatchEvictor;
import dev.freshet.redis.cache.evict.KeyRemoval;
import dev.freshet.redis.cache.pipeline.Limits;
import dev.freshet.redis.cache.pipeline.Pipeline;
import dev.freshet.redis.cache.position.OffsetNotes;
import dev.freshet.redis.cache.position.Positions;
import dev.freshet.redis.cache.sweep.Sweep;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out evictions in Redis and publishes the position. Every method returns when Redis has accepted all of it,
 * however long that takes; repeating a call does no harm. See {@code invalidate} and the purge of the consistency
 * protocol: tags are fenced before their entries are deleted, so that no fill that began earlier can put one back.
 *
 * <p>Memory is bounded by the size of the batch: a tag with any number of entries is emptied in parts, and the number
 * of commands in flight is bounded. Thread-safe; meant for one thread that keeps the order of batches.
 */
public final class Evictor implements Cache, AutoCloseable {
    private final CacheKeys keys;
    private final RedisLink<byte[], byte[]> link;
    private final EvictorMetrics metrics;
    private final Pipeline pipeline;
    private final BatchEvictor batches;
    private final KeyRemoval removal;
    private final Positions positions;
    private final OffsetNotes offsets;
    private volatile RedisStatistics statistics;

    /** Connects on first use, so it can be created before Redis is up. */
    public Evictor(EvictorSettings settings, MeterRegistry registry) {
        this(settings, registry, Limits.DEFAULT);
    }

    Evictor(EvictorSettings settings, MeterRegistry registry, Limits limits) {
        this.keys = settings.keys();
        this.link = settings.link(limits);
        this.metrics = new EvictorMetrics(registry);
        this.pipeline = new Pipeline(link, limits, Clock.systemUTC(), metrics::retried);
        var sweep = new Sweep(link, pipeline);
        this.removal = new KeyRemoval(keys, pipeline, sweep);
        this.batches = new BatchEvictor(keys, limits, pipeline, sweep, removal);
        this.positions = new Positions(keys, link, pipeline, sweep);
        this.offsets = new OffsetNotes(keys.offsets(), pipeline);
    }

    @Override
    public void recognise(KeyPatterns known) {
        removal.recognise(known);
    }

    @Override
    public EvictionReport evict(Collection<? extends Eviction> evictions) throws InterruptedException {
        var report = batches.evict(evictions);
        metrics.batch(report);
        return report;
    }

    @Override
    public void purge(Collection<String> keyGlobs, PurgeProgress progress) throws InterruptedException {
        if (link.address().topology() == Topology.CLUSTER) {
            // Positions of slots that were moved: a later move could make one of them current again.
            removal.dropPositionsExcept(Set.copyOf(positions.positionKeys()));
        }
        var fenceSets = new long[1];
        var gone = new long[1];
        removal.dropFenceSets(count -> {
            fenceSets[0] += count;
            progress.purged(fenceSets[0], 0);
        });
        var globs = new LinkedHashSet<String>();
        globs.add(keys.allIsolated());
        globs.addAll(keyGlobs);
        for (String glob : globs) {
            removal.unlinkAll(glob, count -> {
                gone[0] += count;
                progress.purged(fenceSets[0], gone[0]);
            });
        }
    }

    /**
     * Deletes the position, and with it what says who evicts here, and the notes of offsets: from now on no reader stores
     * or takes an entry in the namespace, until an invalidator publishes there again. For a namespace that is given up.
     *
     * @throws InterruptedException if interrupted while waiting for Redis; it must then be repeated
     */
    public void forget() throws InterruptedException {
        removal.dropPositions(positions.positionKeys());
        removal.dropOffsets();
    }

    @Override
    public void dropFenceSets() throws InterruptedException {
        removal.dropFenceSets(count -> {});
    }

    @Override
    public Masters masters() throws InterruptedException {
        return positions.masters();
    }

    @Override
    public boolean claim(Claim now, Owner own, boolean takeOver) throws InterruptedException {
        return positions.claim(now, own, takeOver);
    }

    @Override
    public List<Optional<String>> mappings(Masters of) throws InterruptedException {
        return positions.mappings(of);
    }

    @Override
    public boolean publish(Position position, Masters on, Masters heldAt) throws InterruptedException {
        return positions.publish(position, on, heldAt);
    }

    /** How far the partitions of a log are evicted, for whoever reads changes from there and not from a slot. */
    public OffsetNotes offsets() {
        return offsets;
    }

    @Override
    public void withdraw() throws InterruptedException {
        positions.withdraw();
    }

    @Override
    public Losses beginReading(String process, String place, int enough, boolean again) throws InterruptedException {
        return positions.beginReading(process, place, enough, again);
    }

    @Override
    public void endReading(String process) {
        positions.endReading(process);
    }

    /** Starts to poll Redis for its memory and traffic, and shows them as meters. Call it once. */
    public void showStatistics(Duration interval, MeterRegistry registry) {
        statistics = new RedisStatistics(link, interval, registry);
    }

    @Override
    public EvictorStatus status() {
        return pipeline.status();
    }

    /** Closes the connection; a call that waits for Redis throws an {@link IllegalStateException}. */
    @Override
    public void close() {
        if (statistics != null) {
            statistics.close();
        }
        link.close();
    }
}
