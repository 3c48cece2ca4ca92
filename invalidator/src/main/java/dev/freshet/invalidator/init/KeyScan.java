// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init;

import dev.freshet.invalidator.init.keys.KeyNames;
import dev.freshet.redis.cache.KeyCensus;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.redis.RedisOptions;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Looks at names of keys in Redis, never at values, and at no more than allowed. A picocli mixin. */
final class KeyScan {
    @Option(
            names = "--redis-url",
            paramLabel = "URL",
            description =
                    "Also look at the names of keys in Redis, and guess templates from them. Uses SCAN, reads no value and changes nothing.")
    private String url;

    @Option(
            names = "--most-keys",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Maximum number of keys to look at. Default: ${DEFAULT-VALUE}.")
    private long most;

    @Option(
            names = "--scan-time",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "Maximum time to look at keys. Default: ${DEFAULT-VALUE}.")
    private Duration longest;

    boolean isWanted() {
        return url != null;
    }

    void requireUsable() {
        if (most < 1) {
            throw ConfigException.bad("--most-keys", Long.toString(most), "a number from 1");
        }
        ConfigException.atLeast("--scan-time", longest, Duration.ofMillis(10));
    }

    /**
     * Names of keys.
     *
     * @param whole whether all keys were looked at
     */
    record Names(KeyNames names, boolean whole) {}

    /** @throws KeyCensus.UnavailableException if Redis does not answer */
    Names names(Terminal progress) throws InterruptedException {
        var settings = RedisOptions.settings(url, Environment.ofProcess());
        try (var census = settings.parsed(KeyCensus::new)) {
            var names = new KeyNames();
            boolean whole = census.names(
                    most, longest, names::add, looked -> progress.show("looked at " + looked + " keys in Redis"));
            return new Names(names, whole);
        } finally {
            progress.done();
        }
    }
}
