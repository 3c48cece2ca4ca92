// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.evict;

import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.pipeline.Pipeline;
import dev.freshet.redis.cache.pipeline.UnlinkStep;
import dev.freshet.redis.cache.sweep.Sweep;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Deletes the keys that match a glob, on every master, and the fence sets. Thread-safe. */
public final class KeyRemoval {
    private final CacheKeys keys;
    private final Pipeline pipeline;
    private final Sweep sweep;
    private volatile KeyPatterns patterns = KeyPatterns.NONE;

    public KeyRemoval(CacheKeys keys, Pipeline pipeline, Sweep sweep) {
        this.keys = keys;
        this.pipeline = pipeline;
        this.sweep = sweep;
    }

    /** From now on deletes, of the keys that match a template's glob, only those that the template can have made. */
    public void recognise(KeyPatterns known) {
        patterns = known;
    }

    /** Without its fence set, every fill that began earlier is refused. */
    public void dropFenceSets(LongConsumer gone) throws InterruptedException {
        sweep.each(keys.allFences(), found -> pipeline.run(new UnlinkStep(found, gone)));
    }

    /** Deletes the position keys of former masters. Those of the current ones were withdrawn and keep the owner. */
    public void dropPositionsExcept(Set<String> current) throws InterruptedException {
        sweep.each(keys.allPositions(), found -> {
            var others = found.stream()
                    .filter(key -> !current.contains(new String(key, StandardCharsets.UTF_8)))
                    .toList();
            unlink(others, count -> {});
        });
    }

    /** Deletes the position keys of all masters, of former ones as well. */
    public void dropPositions(List<String> current) throws InterruptedException {
        for (String key : current) {
            unlink(List.of(key.getBytes(StandardCharsets.UTF_8)), count -> {});
        }
        dropPositionsExcept(Set.of());
    }

    /** Deletes what says how far each partition of a log is evicted. */
    public void dropOffsets() throws InterruptedException {
        unlink(List.of(keys.offsets().getBytes(StandardCharsets.UTF_8)), count -> {});
    }

    /** Deletes the keys that match a glob. */
    public void unlinkAll(String glob, LongConsumer gone) throws InterruptedException {
        sweep.each(glob, found -> unlink(made(glob, found), gone));
    }

    /** Deletes the keys that match a glob of a batch, and reports some of their names. */
    void unlinkAll(Target glob, ReportBuilder tally) throws InterruptedException {
        sweep.each(glob.name(), found -> {
            var made = made(glob.name(), found);
            var names = made.stream()
                    .limit(tally.namesWanted())
                    .map(name -> new String(name, StandardCharsets.UTF_8))
                    .toList();
            unlink(made, count -> tally.matched(glob, count, names));
        });
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
}
