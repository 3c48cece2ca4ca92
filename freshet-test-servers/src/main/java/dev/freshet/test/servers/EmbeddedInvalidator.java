// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.servers;

import dev.freshet.debezium.LogLevels;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.invalidator.run.Invalidator;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.invalidator.run.settings.RunTimings;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.support.config.postgres.JdbcSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Properties;

/** What the process of {@code freshet invalidator run} consists of, in this JVM. Thread-safe. */
public final class EmbeddedInvalidator implements AutoCloseable {
    private static final String PUBLICATION = "freshet";
    private static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(60);
    private static final int TRANSACTIONS = 3;

    static {
        LogLevels.quiet();
    }

    private final Evictor evictor;
    private final Invalidator invalidator;

    /**
     * Starts it, and does not wait for it.
     *
     * @param slot the replication slot that it makes
     * @param heartbeat how often it publishes a position at least
     */
    public EmbeddedInvalidator(
            TestDatabase database, String redisUri, String slot, Duration heartbeat, Mapping mapping) {
        var user = new Properties();
        user.setProperty("user", database.user());
        user.setProperty("password", database.password());
        var settings = new RunSettings(
                new JdbcSettings(database.jdbcUrl(), user),
                mapping,
                slot,
                PUBLICATION,
                new RunTimings(VISIBILITY_TIMEOUT, heartbeat, RunTimings.usualStallTimeout(heartbeat)));
        var registry = new SimpleMeterRegistry();
        evictor = new Evictor(new EvictorSettings(redisUri, new CacheKeys(mapping.namespace())), registry);
        invalidator = Invalidator.onPostgres(settings, MappedDatabase::new, evictor, registry);
        invalidator.start();
    }

    /** Fails if it has ended by itself. */
    public void requireAlive() {
        if (invalidator.ended().isDone()) {
            throw new AssertionError("the invalidator has ended:\n" + log());
        }
    }

    /** Its state, and what it did last, for failure messages. */
    public String log() {
        return invalidator.status() + "\n" + invalidator.recent().last(TRANSACTIONS);
    }

    @Override
    public void close() {
        invalidator.close();
        evictor.close();
    }
}
