// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.cache.EvictorStatus;
import dev.freshet.core.cache.Losses;
import dev.freshet.core.cache.Master;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import dev.freshet.core.cache.PurgeProgress;
import dev.freshet.core.plan.Eviction;
import dev.freshet.model.mapping.KeyPatterns;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.Topology;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

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
    private final Limits limits;
    private final RedisLink<byte[], byte[]> link;
    private final EvictorMetrics metrics;
    private final Pipeline pipeline;
    private final Sweep sweep;
    private final Reading reading;
    private volatile RedisStatistics statistics;
    private volatile Claim claim = Claim.NONE;
    private volatile KeyPatterns patterns = KeyPatterns.NONE;

    /** Connects on first use, so it can be created before Redis is up. */
    public Evictor(EvictorSettings settings, MeterRegistry registry) {
        this(settings, registry, Limits.DEFAULT);
    }

    Evictor(EvictorSettings settings, MeterRegistry registry, Limits limits) {
        this.keys = settings.keys();
        this.limits = limits;
        this.link = settings.link(limits);
        this.metrics = new EvictorMetrics(registry);
        this.pipeline = new Pipeline(link, limits, Clock.systemUTC(), metrics::retried);
        this.sweep = new Sweep(link, pipeline);
        this.reading = new Reading(link, pipeline);
    }

    @Override
    public void recognise(KeyPatterns known) {
        patterns = known;
    }

    @Override
    public EvictionReport evict(Collection<? extends Eviction> evictions) throws InterruptedException {
        var tally = new ReportBuilder();
        var batch = new EvictionBatch(evictions);
        var steps = new StepFactory(keys, limits, tally);
        if (!batch.tagGlobs.isEmpty()) {
            // Which tags a glob matches is not known before the sweep is over, and fills go on meanwhile. Without its
            // fence set every fill that began earlier is refused.
            dropFenceSets();
        }
        pipeline.run(steps.tagsThenKeys(batch));
        if (!batch.tagGlobs.isEmpty()) {
            var globs = new TagGlobs(batch.tagGlobs.values());
            sweep.each(keys.tagSetsOf(globs.widest()), tagSets -> invalidate(tagSets, globs, steps));
        }
        for (var target : batch.keyGlobs.values()) {
            sweep.each(target.name(), found -> unlink(made(target.name(), found), target, tally));
        }
        var report = tally.report(batch.size());
        metrics.batch(report);
        return report;
    }

    @Override
    public void purge(Collection<String> keyGlobs, PurgeProgress progress) throws InterruptedException {
        if (link.address().topology() == Topology.CLUSTER) {
            // Positions of slots that were moved: a later move could make one of them current again.
            dropPositionsOfOthers();
        }
        var fenceSets = new long[1];
        var gone = new long[1];
        dropFenceSets(count -> {
            fenceSets[0] += count;
            progress.purged(fenceSets[0], 0);
        });
        var globs = new LinkedHashSet<String>();
        globs.add(keys.allIsolated());
        globs.addAll(keyGlobs);
        for (String glob : globs) {
            sweep.each(
                    glob,
                    found -> unlink(made(glob, found), count -> {
                        gone[0] += count;
                        progress.purged(fenceSets[0], gone[0]);
                    }));
        }
    }

    @Override
    public void dropFenceSets() throws InterruptedException {
        dropFenceSets(count -> {});
    }

    @Override
    public Masters masters() throws InterruptedException {
        var looks = positionKeys().stream().map(PublishStep::look).toList();
        pipeline.run(looks.iterator());
        return new Masters(looks.stream().map(PublishStep::master).toList());
    }

    @Override
    public boolean claim(Claim now, Owner own, boolean takeOver) throws InterruptedException {
        var steps = positionKeys().stream()
                .map(key -> new ClaimStep(key, now, own, takeOver))
                .toList();
        pipeline.run(steps.iterator());
        claim = now;
        return steps.stream().allMatch(ClaimStep::claimed);
    }

    @Override
    public List<Optional<String>> mappings(Masters of) throws InterruptedException {
        var steps =
                of.all().stream().map(master -> new MappingStep(master.key())).toList();
        pipeline.run(steps.iterator());
        return steps.stream().map(MappingStep::text).toList();
    }

    @Override
    public boolean publish(Position position, Masters on, Masters heldAt) throws InterruptedException {
        var steps = on.all().stream()
                .map(master -> PublishStep.publish(position, claim, master, heldAt))
                .toList();
        pipeline.run(steps.iterator());
        var keysThen = on.all().stream().map(Master::key).toList();
        return steps.stream().allMatch(PublishStep::published)
                && Set.copyOf(keysThen).equals(Set.copyOf(positionKeys()));
    }

    @Override
    public void withdraw() throws InterruptedException {
        var steps =
                positionKeys().stream().map(key -> new WithdrawStep(key, claim)).toList();
        pipeline.run(steps.iterator());
        steps.forEach(WithdrawStep::check);
    }

    @Override
    public Losses beginReading(String process, String place, int enough, boolean again) throws InterruptedException {
        return reading.begin(positionKeys(), claim, process, place, enough, again);
    }

    @Override
    public void endReading(String process) {
        reading.end(process);
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

    /** The position key of each master. */
    private List<String> positionKeys() throws InterruptedException {
        return sweep.masters().stream()
                .map(master -> master.positionIndex().isPresent()
                        ? keys.position(master.positionIndex().getAsInt())
                        : keys.position())
                .toList();
    }

    /** Deletes all position keys except those of the current masters, which were withdrawn and keep the owner. */
    private void dropPositionsOfOthers() throws InterruptedException {
        var standing = Set.copyOf(positionKeys());
        sweep.each(keys.allPositions(), found -> {
            var others = found.stream()
                    .filter(key -> !standing.contains(new String(key, StandardCharsets.UTF_8)))
                    .toList();
            if (!others.isEmpty()) {
                pipeline.run(new UnlinkStep(others, count -> {}));
            }
        });
    }

    private void dropFenceSets(LongConsumer gone) throws InterruptedException {
        sweep.each(keys.allFences(), found -> pipeline.run(new UnlinkStep(found, gone)));
    }

    /** Invalidates the tags of some tag sets, which may belong to several isolates. */
    private void invalidate(List<byte[]> tagSets, TagGlobs globs, StepFactory steps) throws InterruptedException {
        var byPrefix = new LinkedHashMap<String, List<Tagged>>();
        for (byte[] tagSet : tagSets) {
            String name = new String(tagSet, StandardCharsets.UTF_8);
            int cut = name.indexOf(CacheKeys.TAG_SET);
            String tag = name.substring(cut + CacheKeys.TAG_SET.length());
            globs.of(tag)
                    .ifPresent(glob -> byPrefix.computeIfAbsent(name.substring(0, cut), prefix -> new ArrayList<>())
                            .add(new Tagged(tag, glob)));
        }
        for (var isolate : byPrefix.entrySet()) {
            pipeline.run(steps.tags(isolate.getKey(), isolate.getValue()).iterator());
        }
    }

    /** Of the keys that match a glob, those that its templates can have made. */
    private List<byte[]> made(String glob, List<byte[]> found) {
        KeyPatterns known = patterns;
        return found.stream().filter(key -> known.matches(glob, key)).toList();
    }

    private void unlink(List<byte[]> found, LongConsumer gone) throws InterruptedException {
        if (!found.isEmpty()) {
            pipeline.run(new UnlinkStep(found, gone));
        }
    }

    private void unlink(List<byte[]> found, Target glob, ReportBuilder tally) throws InterruptedException {
        var names = found.stream()
                .limit(tally.namesWanted())
                .map(name -> new String(name, StandardCharsets.UTF_8))
                .toList();
        unlink(found, count -> tally.keys(glob, count, names));
    }
}
