// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.debezium.LogLevels;
import dev.freshet.debezium.Profile;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingParser;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.support.config.JdbcSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.StringReader;
import java.time.Duration;
import java.util.Properties;
import java.util.Random;

/** One of several invalidators, with everything that a separate process would have. */
final class Instance implements AutoCloseable {
    static {
        LogLevels.quiet();
    }

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Supervisor supervisor;
    private final Evictor evictor;

    Instance(TestDatabase database, String redisUri, String slot, boolean takeOver, String yaml) {
        this(
                database,
                redisUri,
                slot,
                takeOver,
                yaml,
                new RunTimings(Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ofSeconds(10)));
    }

    Instance(TestDatabase database, String redisUri, String slot, String yaml, RunTimings timings) {
        this(database, redisUri, slot, false, yaml, timings);
    }

    private Instance(
            TestDatabase database, String redisUri, String slot, boolean takeOver, String yaml, RunTimings timings) {
        Mapping mapping = MappingParser.parse("test.yaml", new StringReader(yaml));
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        evictor = new Evictor(new EvictorSettings(redisUri, new CacheKeys(mapping.namespace())), registry);
        var settings = new RunSettings(
                new JdbcSettings(database.jdbcUrl(), properties),
                mapping,
                slot,
                slot,
                Profile.BALANCED,
                timings,
                takeOver,
                OnUnreadable.PURGE);
        supervisor = new Supervisor(
                settings,
                new MappedDatabase(mapping),
                evictor,
                registry,
                new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), new Random()));
        supervisor.start();
    }

    Instance streams() {
        return reaches(State.STREAMING);
    }

    Instance reaches(State state) {
        await().atMost(PATIENCE).until(() -> {
            assertThat(supervisor.ended().isDone() && supervisor.status().state() != state)
                    .as("ended instead: %s", supervisor.status())
                    .isFalse();
            return supervisor.status().state() == state;
        });
        return this;
    }

    boolean isStreaming() {
        return supervisor.status().state() == State.STREAMING;
    }

    /** The reason why it was refused. */
    String refusal() {
        reaches(State.REFUSED);
        await().atMost(PATIENCE).until(supervisor.ended()::isCompletedExceptionally);
        return supervisor.status().reason();
    }

    /** Whether it streams again after a failure. */
    boolean restarted() {
        return registry.get("freshet.invalidator.restarts").counter().count() > 0
                && supervisor.status().state() == State.STREAMING;
    }

    double count(String meter, String reason) {
        return registry.get("freshet.invalidator." + meter).tag("reason", reason).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Override
    public void close() {
        supervisor.close();
        evictor.close();
    }
}
