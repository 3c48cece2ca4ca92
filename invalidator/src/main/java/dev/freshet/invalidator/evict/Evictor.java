// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.invalidator.plan.Eviction;
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
 * Carries evictions out in Redis and publishes the position. Every method returns when Redis has accepted all of it,
 * however long that takes; doing it again does no harm. See {@code invalidate} and the purge of the consistency
 * protocol: tags are fenced before their entries go, so that no fill begun earlier can put one back.
 *
 * <p>Memory is bounded by the batch that is given: a tag with any number of entries is emptied a part at a time, and a
 * bounded number of commands is under way. Thread-safe; meant for one thread that keeps the order of batches.
 */
public final class Evictor implements AutoCloseable {
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

    /** Connects when it is first used, so it can be made before Redis is there. */
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

    /**
     * From now on spares keys that match a glob but that none of its templates can have made: they are the application's
     * own. Keys of a glob that is not among the patterns go as they match.
     */
    public void recognise(KeyPatterns known) {
        patterns = known;
    }

    /**
     * Evicts a batch, whose changes must be visible to every new snapshot by now. The same tag or key may be in it many
     * times.
     *
     * @throws InterruptedException if interrupted while it waited for Redis; part of the batch may be done
     * @throws IllegalStateException if closed
     */
    public EvictionReport evict(Collection<? extends Eviction> evictions) throws InterruptedException {
        var tally = new ReportBuilder();
        var batch = new EvictionBatch(evictions);
        var steps = new StepFactory(keys, limits, tally);
        if (!batch.tagGlobs.isEmpty()) {
            // Which tags a glob means is not known before the sweep is over, and fills go on meanwhile. Without its
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

    /**
     * Empties the namespace: for when changes may have been missed. First every fence set, so that no fill begun earlier
     * is accepted any more, then every entry and tag set. The published position stays: {@link #withdraw} it before.
     *
     * @param keyGlobs further keys to delete: those of readers that fill the cache themselves
     * @throws InterruptedException if interrupted while it waited for Redis; it must then be done again
     */
    public void purge(Collection<String> keyGlobs, PurgeProgress progress) throws InterruptedException {
        if (link.address().topology() == Topology.CLUSTER) {
            // Those of slots that were moved, which a later move may make one that is read.
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

    /**
     * Deletes every fence set of the namespace, which fences every tag: no fill begun earlier is accepted any more.
     *
     * @throws InterruptedException if interrupted while it waited for Redis; it must then be done again
     */
    public void dropFenceSets() throws InterruptedException {
        dropFenceSets(count -> {});
    }

    /**
     * Asks each master who it is, what time it has and which position it shows.
     *
     * @throws InterruptedException if interrupted while it waited for Redis
     */
    public Masters masters() throws InterruptedException {
        var looks = positionKeys().stream().map(PublishStep::look).toList();
        pipeline.run(looks.iterator());
        return new Masters(looks.stream().map(PublishStep::master).toList());
    }

    /**
     * From now on publishes and withdraws by this claim, and those with a smaller one do not any more.
     *
     * @param takeOver whether the namespace may be another owner's, which loses it and its position then
     * @return false if it is another owner's, or another instance has begun meanwhile
     * @throws InterruptedException if interrupted while it waited for Redis
     */
    public boolean claim(Claim now, Owner own, boolean takeOver) throws InterruptedException {
        var steps = positionKeys().stream()
                .map(key -> new ClaimStep(key, now, own, takeOver))
                .toList();
        pipeline.run(steps.iterator());
        claim = now;
        return steps.stream().allMatch(ClaimStep::claimed);
    }

    /**
     * The canonical forms of the mappings that evicted so far, as they are kept beside the positions; one for each master,
     * in their order.
     *
     * @throws InterruptedException if interrupted while it waited for Redis
     */
    public List<Optional<String>> mappings(Masters of) throws InterruptedException {
        var steps =
                of.all().stream().map(master -> new MappingStep(master.key())).toList();
        pipeline.run(steps.iterator());
        return steps.stream().map(MappingStep::text).toList();
    }

    /**
     * Publishes how far everything has been evicted, on the masters on which it has been. Call it after {@link #evict}
     * and before the position is acknowledged to the slot.
     *
     * @param on as they were asked before the first eviction that the position stands for
     * @param heldAt as they were asked at a moment before which all that had committed is evicted by now; or null
     * @return false if one of the masters is another by now, so that evictions may be lost and old entries back, or if
     *     there are others
     * @throws SupersededException if another instance has begun to work in the namespace since this one did
     * @throws InterruptedException if interrupted while it waited for Redis
     */
    public boolean publish(Position position, Masters on, Masters heldAt) throws InterruptedException {
        var steps = on.all().stream()
                .map(master -> PublishStep.publish(position, claim, master, heldAt))
                .toList();
        pipeline.run(steps.iterator());
        var keysThen = on.all().stream().map(Master::key).toList();
        return steps.stream().allMatch(PublishStep::published)
                && Set.copyOf(keysThen).equals(Set.copyOf(positionKeys()));
    }

    /**
     * Takes the published position back: from now on nobody can tell how far everything is evicted, and the next start
     * purges the namespace. Whose it was remains.
     *
     * @throws SupersededException if another instance has begun to work in the namespace since this one did
     * @throws InterruptedException if interrupted while it waited for Redis
     */
    public void withdraw() throws InterruptedException {
        var steps =
                positionKeys().stream().map(key -> new WithdrawStep(key, claim)).toList();
        pipeline.run(steps.iterator());
        steps.forEach(WithdrawStep::check);
    }

    /**
     * Notes that a process begins to read the stream at a place. Those count that began there before and were never heard of
     * again: they neither got to another place, nor called {@link #endReading}, nor began once more.
     *
     * @param process another one for each process
     * @param place without spaces; another one after each position that is published, and after each purge
     * @param enough how many are, if nobody began there before
     * @param again whether to count anew if there are enough, and whoever saw that called {@link #endReading}
     * @throws InterruptedException if interrupted while it waited for Redis
     */
    public Losses beginReading(String process, String place, int enough, boolean again) throws InterruptedException {
        return reading.begin(positionKeys(), claim, process, place, enough, again);
    }

    /** The process stops reading, and lives on or ends as it was told to. Waits a moment at most, also if interrupted. */
    public void endReading(String process) {
        reading.end(process);
    }

    /** From now on asks Redis for its memory and its traffic, and shows them as meters. Once. */
    public void showStatistics(Duration interval, MeterRegistry registry) {
        statistics = new RedisStatistics(link, interval, registry);
    }

    /** Whether Redis takes evictions. */
    public EvictorStatus status() {
        return pipeline.status();
    }

    /** Closes the connection; a call that waits for Redis ends with an IllegalStateException. */
    @Override
    public void close() {
        if (statistics != null) {
            statistics.close();
        }
        link.close();
    }

    /** One for each master. */
    private List<String> positionKeys() throws InterruptedException {
        return sweep.masters().stream()
                .map(master -> master.positionIndex().isPresent()
                        ? keys.position(master.positionIndex().getAsInt())
                        : keys.position())
                .toList();
    }

    /** Those of the masters that are now say whose they are, and were withdrawn. */
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

    /** The tag sets of a page are of any isolates. */
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

    /** Those of the keys that match a glob which its templates can have made. */
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
