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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
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

    /** Those of the first transactions each in calls of their own, so that the report can count them. */
    private Stream<UnlinkStep> keys(EvictionBatch batch) {
        Map<Long, List<Target>> counted = new LinkedHashMap<>();
        List<Target> others = new ArrayList<>();
        Target last = null;
        List<Target> into = others;
        for (Target target : batch.keys.values()) {
            if (last == null || !target.isOfTransactionOf(last)) {
                Long transaction = target.transaction();
                into = counted.size() < ReportBuilder.MOST_DETAILS
                        ? counted.computeIfAbsent(transaction, id -> new ArrayList<>())
                        : counted.getOrDefault(transaction, others);
            }
            into.add(target);
            last = target;
        }
        return Stream.concat(
                counted.values().stream()
                        .flatMap(same -> slices(same, limits.keysPerCall()).stream())
                        .map(same -> unlink(same, gone -> tally.named(same, gone))),
                slices(others, limits.keysPerCall()).stream()
                        .map(slice -> unlink(slice, gone -> tally.named(slice.size(), gone))));
    }

    private static UnlinkStep unlink(List<Target> targets, LongConsumer gone) {
        var names = new ArrayList<byte[]>(targets.size());
        targets.forEach(target -> names.add(utf8(target.name())));
        return new UnlinkStep(names, gone);
    }

    private static <T> List<List<T>> slices(List<T> all, int size) {
        var slices = new ArrayList<List<T>>();
        for (int from = 0; from < all.size(); from += size) {
            slices.add(all.subList(from, Math.min(from + size, all.size())));
        }
        return slices;
    }
}
