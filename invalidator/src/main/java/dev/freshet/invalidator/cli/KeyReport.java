// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.redis.cache.KeyCensus;
import dev.freshet.redis.cache.KeyCensus.UnavailableException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.redis.RedisSettings;
import java.io.PrintWriter;

/** Reports which keys a purge deletes by pattern, and how many there are. */
final class KeyReport {
    private static final String PASSWORD = "FRESHET_REDIS_PASSWORD";

    private final KeyPatterns patterns;
    private final PrintWriter out;
    private final PrintWriter err;

    KeyReport(KeyPatterns patterns, PrintWriter out, PrintWriter err) {
        this.patterns = patterns;
        this.out = out;
        this.err = err;
    }

    /** Prints the patterns, without asking Redis. */
    void names() {
        if (!patterns.globs().isEmpty()) {
            out.println("A purge deletes keys by pattern: " + String.join(", ", patterns.globs())
                    + ". Give --redis-url to count them.");
        }
    }

    /**
     * Counts the keys in Redis.
     *
     * @param most about how many keys to look at for each pattern
     * @return false if Redis did not answer
     */
    boolean counts(String redisUrl, Environment environment, long most) throws InterruptedException {
        var settings = new RedisSettings(redisUrl, environment.secret(PASSWORD).orElse(null));
        var progress = new ProgressLine(err, System.console() != null, System::nanoTime);
        try (var census = settings.parsed(KeyCensus::new)) {
            for (String glob : patterns.globs()) {
                // ProgressLine reacts only to multiples of 256.
                var count = census.count(patterns, glob, most, looked -> progress.at(looked << 8));
                progress.done();
                out.println("A purge deletes " + count(count.made()) + " by pattern " + glob
                        + (count.spared() == 0
                                ? ""
                                : ", and spares " + count(count.spared()) + " that no row can have made")
                        + (count.whole() ? "" : " (of the first " + most + " or so keys in Redis; see --most-keys)"));
            }
            return true;
        } catch (UnavailableException e) {
            progress.done();
            err.println("could not ask Redis: " + e.getMessage());
            return false;
        }
    }

    private static String count(long keys) {
        return Counted.of(keys, "key");
    }
}
