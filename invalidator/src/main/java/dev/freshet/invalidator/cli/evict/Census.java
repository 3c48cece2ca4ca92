// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.evict;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Eviction.Kind;
import dev.freshet.invalidator.cli.Counted;
import dev.freshet.invalidator.cli.ProgressLine;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.KeyCensus;
import dev.freshet.redis.cache.KeyProbe;
import dev.freshet.support.config.redis.RedisSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Counts in Redis what is there to evict. Deletes nothing. */
final class Census {
    private final RedisSettings redis;
    private final CacheKeys keys;
    private final KeyPatterns patterns;
    private final ProgressLine progress;

    Census(RedisSettings redis, CacheKeys keys, KeyPatterns patterns, ProgressLine progress) {
        this.redis = redis;
        this.keys = keys;
        this.patterns = patterns;
        this.progress = progress;
    }

    /** A line for each kind of eviction. */
    List<String> of(List<Eviction> evictions) throws KeyProbe.UnavailableException, InterruptedException {
        var lines = new ArrayList<String>();
        List<String> named = names(evictions, Kind.KEY);
        List<Eviction> tags = evictions.stream()
                .filter(eviction -> eviction.kind() == Kind.TAG)
                .toList();
        try (var probe = redis.parsed(KeyProbe::new)) {
            if (!named.isEmpty()) {
                lines.add(Counted.of(named.size(), "key") + " by name, " + probe.existing(named) + " of them cached");
            }
            if (!tags.isEmpty()) {
                lines.add(Counted.of(tags.size(), "tag") + ", under which there are " + entries(tags, probe));
            }
        }
        for (String glob : names(evictions, Kind.TAGS)) {
            var count = count(KeyPatterns.NONE, keys.tagSetsOf(glob));
            lines.add(Counted.of(count.made(), "tag") + " by pattern " + glob);
        }
        for (String glob : names(evictions, Kind.KEYS)) {
            lines.add(pattern(glob));
        }
        return lines;
    }

    /** A line for each pattern that a purge of the namespace deletes by. */
    List<String> ofAll(List<String> globs) throws InterruptedException {
        var lines = new ArrayList<String>();
        var own = count(KeyPatterns.NONE, keys.allIsolated());
        lines.add(Counted.of(own.made(), "key") + " of namespace " + keys.namespace() + ": entries, and what belongs to"
                + " them");
        for (String glob : globs) {
            lines.add(pattern(glob));
        }
        return lines;
    }

    private String pattern(String glob) throws InterruptedException {
        var count = count(patterns, glob);
        return Counted.of(count.made(), "key") + " by pattern " + glob
                + (count.spared() == 0
                        ? ""
                        : "; " + Counted.of(count.spared(), "key") + " that no row can have made "
                                + (count.spared() == 1 ? "stays" : "stay"));
    }

    private KeyCensus.Count count(KeyPatterns known, String glob) throws InterruptedException {
        try (var census = redis.parsed(KeyCensus::new)) {
            return census.count(known, glob, Long.MAX_VALUE, looked -> progress.at(looked << 8));
        } finally {
            progress.done();
        }
    }

    private String entries(List<Eviction> tags, KeyProbe probe)
            throws KeyProbe.UnavailableException, InterruptedException {
        long sum = 0;
        for (Eviction tag : tags) {
            OptionalLong listed = probe.listed(keys.tagSetPrefix(tag.owner().orElseThrow()) + tag.name());
            if (listed.isEmpty()) {
                return "an unknown number of entries (the user of Redis may not SCARD)";
            }
            sum += listed.getAsLong();
        }
        return sum == 1 ? "1 entry" : sum + " entries";
    }

    private static List<String> names(List<Eviction> evictions, Kind kind) {
        return evictions.stream()
                .filter(eviction -> eviction.kind() == kind)
                .map(Eviction::name)
                .distinct()
                .toList();
    }
}
