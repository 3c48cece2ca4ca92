// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.conformance.MemoryCache;
import dev.freshet.conformance.MemoryStore;
import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Position;
import dev.freshet.core.source.SetupException;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.invalidator.run.settings.OnUnreadable;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.invalidator.run.settings.RunTimings;
import dev.freshet.invalidator.run.source.SourceFailures;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Place;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.support.config.postgres.JdbcSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CompletionException;

/**
 * An invalidator with all its parts, over a database, a cache and a time in memory. It runs in the test's thread, until
 * nothing is left that was planned to happen.
 */
final class MemoryRun {
    static final String MAPPING = """
            freshet: 1
            namespace: app
            entities:
              item: { table: item, id: id, keys: [ "item:{id}" ] }
            """;

    final Steps steps = new Steps();
    final MemoryTime time = new MemoryTime();
    final MemorySource database = new MemorySource(steps, time);
    final MemoryStore store = new MemoryStore();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    /** The states that were seen, each with its reason. */
    final List<String> states = new ArrayList<>();

    String mapping = MAPPING;
    boolean takeOver;
    OnUnreadable onUnreadable = OnUnreadable.PURGE;
    Duration stallTimeout = Duration.ofSeconds(10);
    Invalidator invalidator;

    /** Failures of the network pass. What is called broken does not. What is denied needs a person. */
    private static final SourceFailures FAILURES = new SourceFailures() {
        @Override
        public Optional<Shortcoming> shortcoming(Throwable failure) {
            if (failure instanceof SetupException setup) {
                return setup.shortcomings().stream().findFirst();
            }
            return String.valueOf(failure.getMessage()).contains("denied")
                    ? Optional.of(Shortcoming.administrators(
                            Topic.RIGHTS,
                            DatabaseCode.NOT_READABLE,
                            Place.of(Place.Kind.TABLE, "item"),
                            failure.getMessage(),
                            "GRANT"))
                    : Optional.empty();
        }

        @Override
        public boolean isPassing(Throwable failure) {
            return failure.getCause() instanceof IOException;
        }

        @Override
        public String inWords(Throwable failure) {
            return failure.getMessage();
        }
    };

    /** A new process, which runs until nothing is left to happen. */
    MemoryRun run() {
        invalidator = process();
        invalidator.run();
        return this;
    }

    /** A process that is not started. */
    Invalidator process() {
        Mapping parsed = MappingParser.parse("m.yaml", new StringReader(mapping));
        var settings = new RunSettings(
                new JdbcSettings("jdbc:postgresql://nowhere/app", new Properties()),
                parsed,
                database.slot,
                "pub",
                new RunTimings(Duration.ofSeconds(60), Duration.ofMillis(200), stallTimeout),
                takeOver,
                onUnreadable);
        Cache cache = new StepCache(new MemoryCache(store), steps);
        var backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), new Random(1));
        return Invalidator.on(database, FAILURES, settings, cache, meters, backoff, time);
    }

    /** Has run once before, and was stopped: what is in the slot and in the cache is what it left. */
    MemoryRun ranBefore() {
        time.thenPass(Duration.ofSeconds(1));
        run();
        steps.clear();
        states.clear();
        return this;
    }

    /** The next thing to happen; the state is written down before. */
    MemoryRun then(Runnable event) {
        time.then(() -> {
            states.add(invalidator.status().toString());
            event.run();
        });
        return this;
    }

    /** The run waits for so long. */
    MemoryRun thenPass(Duration duration) {
        time.thenPass(duration);
        return this;
    }

    /** The state is written down. */
    MemoryRun thenLook() {
        return then(() -> {});
    }

    /** Fails as a connection that breaks. */
    static RuntimeException broken() {
        return new IllegalStateException("broken", new IOException("connection reset"));
    }

    State state() {
        return invalidator.status().state();
    }

    /** The cache as another process uses it, which has claimed it under the same owner. */
    MemoryCache other() {
        var cache = new MemoryCache(store);
        var masters = cache.masters();
        cache.claim(new Claim(masters.claim() + 1, ""), masters.owners().get(0), false);
        return cache;
    }

    Optional<Position> position() {
        return new MemoryCache(store).masters().position();
    }

    double count(String meter) {
        return meters.get("freshet.invalidator." + meter).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    double purges(String reason) {
        return meters.get("freshet.invalidator.purges")
                .tag("reason", reason)
                .counter()
                .count();
    }

    /** Why it ended for good; null if it was stopped. */
    Throwable end() {
        try {
            invalidator.ended().join();
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }
}
