// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.debezium.LogLevels;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.invalidator.run.settings.OnUnreadable;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.invalidator.run.settings.RunTimings;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.support.config.postgres.JdbcSettings;
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
    final Invalidator supervisor;
    private final Evictor evictor;

    Instance(TestDatabase database, String redisUri, String slot, boolean takeOver, String yaml) {
        this(
                jdbc(database),
                new EvictorSettings(redisUri, new CacheKeys(parse(yaml).namespace())),
                slot,
                takeOver,
                yaml);
    }

    Instance(JdbcSettings jdbc, EvictorSettings redis, String slot, boolean takeOver, String yaml) {
        evictor = new Evictor(redis, registry);
        var settings = new RunSettings(
                jdbc,
                parse(yaml),
                slot,
                slot,
                new RunTimings(Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ofSeconds(10)),
                takeOver,
                OnUnreadable.PURGE);
        supervisor = Invalidator.onPostgres(
                settings,
                MappedDatabase::new,
                evictor,
                registry,
                new Backoff(Duration.ofMillis(50), Duration.ofMillis(250), new Random()));
        supervisor.start();
    }

    private static Mapping parse(String yaml) {
        return MappingParser.parse("test.yaml", new StringReader(yaml));
    }

    private static JdbcSettings jdbc(TestDatabase database) {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        return new JdbcSettings(database.jdbcUrl(), properties);
    }

    Instance streams() {
        return reaches(State.STREAMING);
    }

    private Instance reaches(State state) {
        await().atMost(PATIENCE).until(() -> {
            assertThat(supervisor.ended().isDone() && supervisor.status().state() != state)
                    .as("ended instead: %s", supervisor.status())
                    .isFalse();
            return supervisor.status().state() == state;
        });
        return this;
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
