// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.evict;

import static dev.freshet.redis.cache.pipeline.Utf8.utf8;

import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.pipeline.Limits;
import dev.freshet.redis.cache.pipeline.Step;
import dev.freshet.redis.cache.pipeline.UnlinkStep;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Splits the tags and keys of a batch into steps. They are created one at a time, so that a large batch is never in
 * memory twice.
 */
final class StepFactory {
    private final CacheKeys keys;
    private final Limits limits;
    private final ReportBuilder tally;

    StepFactory(CacheKeys keys, Limits limits, ReportBuilder tally) {
        this.keys = keys;
        this.limits = limits;
        this.tally = tally;
    }

    /** All tags, grouped by isolate, then all keys. */
    Iterator<? extends Step<?>> tagsThenKeys(EvictionBatch batch) {
        return Stream.<Step<?>>concat(tags(batch), keys(batch)).iterator();
    }

    private Stream<InvalidateStep> tags(EvictionBatch batch) {
        return batch.tags.entrySet().stream()
                .flatMap(isolate -> tags(
                        keys.prefix(isolate.getKey()),
                        isolate.getValue().values().stream()
                                .map(target -> new TagTarget(target.name(), target))
                                .toList())
                        .stream());
    }

    /** Steps for some tags of one isolate, each with as many as one call takes. */
    List<InvalidateStep> tags(String prefix, List<TagTarget> tags) {
        return slices(tags, limits.tagsPerCall()).stream()
                .map(slice -> new InvalidateStep(prefix, slice, limits, tally))
                .toList();
    }

    /** The first keys one by one, so that the report can name them, the others in larger calls. */
    private Stream<UnlinkStep> keys(EvictionBatch batch) {
        var targets = List.copyOf(batch.keys.values());
        var alone = targets.subList(0, Math.min(ReportBuilder.MOST_DETAILS, targets.size()));
        var together = slices(targets.subList(alone.size(), targets.size()), limits.keysPerCall());
        return Stream.concat(alone.stream().map(this::alone), together.stream().map(this::together));
    }

    private UnlinkStep alone(Target target) {
        return new UnlinkStep(List.of(utf8(target.name())), gone -> tally.keys(target, gone, List.of(target.name())));
    }

    private UnlinkStep together(List<Target> targets) {
        return new UnlinkStep(
                targets.stream().map(target -> utf8(target.name())).toList(), tally::keys);
    }

    private static <T> List<List<T>> slices(List<T> all, int size) {
        var slices = new ArrayList<List<T>>();
        for (int from = 0; from < all.size(); from += size) {
            slices.add(all.subList(from, Math.min(from + size, all.size())));
        }
        return slices;
    }
}
