// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.evict;

import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.plan.Eviction;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.pipeline.Limits;
import dev.freshet.redis.cache.pipeline.Pipeline;
import dev.freshet.redis.cache.sweep.Sweep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/** Carries out the evictions of a batch: first tags, then keys, then what only a sweep finds. Thread-safe. */
public final class BatchEvictor {
    private final CacheKeys keys;
    private final Limits limits;
    private final Pipeline pipeline;
    private final Sweep sweep;
    private final KeyRemoval removal;

    public BatchEvictor(CacheKeys keys, Limits limits, Pipeline pipeline, Sweep sweep, KeyRemoval removal) {
        this.keys = keys;
        this.limits = limits;
        this.pipeline = pipeline;
        this.sweep = sweep;
        this.removal = removal;
    }

    /** Returns when Redis has accepted all of it. */
    public EvictionReport evict(Collection<? extends Eviction> evictions) throws InterruptedException {
        var tally = new ReportBuilder();
        var batch = new EvictionBatch(evictions);
        var steps = new StepFactory(keys, limits, tally);
        if (!batch.tagGlobs.isEmpty()) {
            // Which tags a glob matches is not known before the sweep is over, and fills go on meanwhile. Without its
            // fence set every fill that began earlier is refused.
            removal.dropFenceSets(count -> {});
        }
        pipeline.run(steps.tagsThenKeys(batch));
        if (!batch.tagGlobs.isEmpty()) {
            var globs = new TagGlobs(batch.tagGlobs.values());
            sweep.each(keys.tagSetsOf(globs.widest()), tagSets -> invalidate(tagSets, globs, steps));
        }
        for (var target : batch.keyGlobs.values()) {
            removal.unlinkAll(target, tally);
        }
        return tally.report(batch.size());
    }

    /** Invalidates the tags of some tag sets, which may belong to several isolates. */
    private void invalidate(List<byte[]> tagSets, TagGlobs globs, StepFactory steps) throws InterruptedException {
        var byPrefix = new LinkedHashMap<String, List<TagTarget>>();
        for (byte[] tagSet : tagSets) {
            String name = new String(tagSet, StandardCharsets.UTF_8);
            int cut = name.indexOf(CacheKeys.TAG_SET);
            String tag = name.substring(cut + CacheKeys.TAG_SET.length());
            globs.of(tag)
                    .ifPresent(glob -> byPrefix.computeIfAbsent(name.substring(0, cut), prefix -> new ArrayList<>())
                            .add(new TagTarget(tag, glob)));
        }
        for (var isolate : byPrefix.entrySet()) {
            pipeline.run(steps.tags(isolate.getKey(), isolate.getValue()).iterator());
        }
    }
}
