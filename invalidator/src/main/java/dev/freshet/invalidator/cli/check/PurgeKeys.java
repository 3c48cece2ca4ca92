// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import dev.freshet.invalidator.cli.Counted;
import dev.freshet.invalidator.cli.ProgressLine;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Place.Kind;
import dev.freshet.model.finding.RedisCode;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.redis.cache.KeyCensus;
import dev.freshet.redis.cache.KeyCensus.Count;
import dev.freshet.redis.cache.KeyCensus.UnavailableException;
import dev.freshet.support.config.redis.RedisSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Which keys a purge deletes by pattern, and how many there are. */
final class PurgeKeys {
    private final KeyPatterns patterns;

    PurgeKeys(KeyPatterns patterns) {
        this.patterns = patterns;
    }

    /** The patterns, without asking Redis. */
    List<Finding> names() {
        String names = String.join(", ", patterns.globs());
        return names.isEmpty()
                ? List.of()
                : List.of(Finding.of(
                        DatabaseCode.PURGE_PATTERNS,
                        Place.of(Kind.KEYS, names),
                        "a purge deletes keys by pattern: " + names + ". Give --redis-url to count them"));
    }

    /**
     * Counts the keys in Redis.
     *
     * @param most about how many keys to look at for each pattern
     * @param err shows how far it is, if somebody is looking
     */
    List<Finding> counts(RedisSettings redis, long most, PrintWriter err) throws InterruptedException {
        var found = new ArrayList<Finding>();
        var progress = new ProgressLine(err, System.console() != null, System::nanoTime);
        try (var census = redis.parsed(KeyCensus::new)) {
            for (String glob : patterns.globs()) {
                // ProgressLine reacts only to multiples of 256.
                Count count = census.count(patterns, glob, most, looked -> progress.at(looked << 8));
                progress.done();
                found.add(Finding.of(RedisCode.PURGED_KEYS, Place.of(Kind.KEYS, glob), told(glob, count, most)));
            }
        } catch (UnavailableException e) {
            progress.done();
            found.add(Finding.of(
                    RedisCode.NO_ANSWER, Place.of(Kind.SERVER, "Redis"), "could not ask Redis: " + e.getMessage()));
        }
        return found;
    }

    private static String told(String glob, Count count, long most) {
        return "a purge deletes " + keys(count.made()) + " by pattern " + glob
                + (count.spared() == 0 ? "" : ", and spares " + keys(count.spared()) + " that no row can have made")
                + (count.whole() ? "" : " (of the first " + most + " or so keys in Redis; see --most-keys)");
    }

    private static String keys(long keys) {
        return Counted.of(keys, "key");
    }
}
