// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.fault.FaultProxy;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.run.status.State;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two applications whose invalidators use the same namespace. */
@WithPostgres
@WithRedis
class OwnershipTest extends OnCleanRedis {
    private static final String MAPPING = """
            freshet: 1
            namespace: both
            entities:
              item: { table: item, id: id, tags: true, keys: [ "both:item:{id}" ] }
            """;
    private static final String POSITION = "both:~position";

    private TestDatabase other;

    OwnershipTest(TestDatabase database, RedisServer redis) {
        super(database, redis);
    }

    @BeforeEach
    void start() {
        other = database.server().createDatabase("other");
        database.execute("CREATE TABLE IF NOT EXISTS item (id int PRIMARY KEY)", "TRUNCATE item");
        other.execute("CREATE TABLE item (id int PRIMARY KEY)");
    }

    @AfterEach
    void stop() {
        other.close();
        database.dropSlots();
    }

    @Test
    void theSecondIsRefusedAndHarmsNothing() {
        try (var first = instance(database, "own_first").streams()) {
            raw.redis.set("both:item:7", "cached");
            try (var second = instance(other, "own_second")) {
                assertThat(second.refusal())
                        .contains("namespace both", "own_first", database.name(), "right now")
                        .contains("own_second", other.name(), "--take-over");
            }
            assertThat(count(other, "SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'own_second'"))
                    .as("slots that the second made")
                    .isZero();
            assertThat(raw.redis.exists("both:item:7")).isEqualTo(1);
            database.execute("INSERT INTO item VALUES (7)");
            await().atMost(PATIENCE).until(() -> raw.redis.exists("both:item:7") == 0);
            assertThat(first.supervisor.status().state()).isEqualTo(State.STREAMING);
            assertThat(first.count("purges", "no-position")).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void whoTakesOverPurgesAndTheFormerOwnerEnds() {
        try (var first = instance(database, "own_former").streams()) {
            raw.redis.set("both:item:7", "cached");
            try (var second = new Instance(other, redis.uri(), "own_next", true, MAPPING).streams()) {
                assertThat(raw.redis.exists("both:item:7")).isZero();
                assertThat(first.refusal()).contains("own_next", other.name());
                assertThat(raw.redis.hget(POSITION, "slot")).isEqualTo("own_next");

                // The former one comes back, restarted by its supervisor process.
                try (var back = instance(database, "own_former")) {
                    assertThat(back.refusal()).contains("own_next");
                }
                raw.redis.set("both:item:8", "cached");
                other.execute("INSERT INTO item VALUES (8)");
                await().atMost(PATIENCE).until(() -> raw.redis.exists("both:item:8") == 0);
                assertThat(second.supervisor.status().state()).isEqualTo(State.STREAMING);
            }
        }
    }

    /** It restarts before the other one has published, and must not believe that it is the owner. */
    @Test
    void theFormerOwnerEndsThoughTheNextOneHasNotPublishedYet() {
        try (var first = instance(database, "own_former").streams();
                var proxy = new FaultProxy(redis.host(), redis.port())) {
            var publishes = proxy.failAt(
                    FaultProxy.Moment.NEVER,
                    request -> request.contains("epoch"),
                    1,
                    () -> await().atMost(PATIENCE)
                            .until(() -> first.supervisor.status().state() == State.REFUSED || first.restarted()));
            try (var second = new Instance(other, "redis://" + proxy.address(), "own_next", true, MAPPING).streams()) {
                assertThat(publishes.struck()).isTrue();
                assertThat(first.refusal()).contains("own_next", other.name());
                assertThat(second.supervisor.status().state()).isEqualTo(State.STREAMING);
            }
        }
    }

    /** Such as one written by an older version of Freshet. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPositionThatSaysLessIsStillSomebodys(boolean own) throws SQLException {
        String system = text("SELECT system_identifier::text FROM pg_control_system()");
        raw.redis.hset(
                POSITION,
                Map.of(
                        "system",
                        system,
                        "timeline",
                        "1",
                        "slot",
                        own ? "own_old" : "of_somebody",
                        "publication",
                        "x",
                        "epoch",
                        "1",
                        "lsn",
                        "0/1",
                        "committed-at",
                        "1",
                        "updated-at",
                        "1"));
        raw.redis.set("both:item:7", "cached");
        try (var next = instance(database, "own_old")) {
            if (own) {
                next.streams();
                assertThat(raw.redis.exists("both:item:7"))
                        .as("what was cached")
                        .isZero();
            } else {
                assertThat(next.refusal()).contains("slot of_somebody").doesNotContain("null");
                assertThat(raw.redis.exists("both:item:7"))
                        .as("what was cached")
                        .isEqualTo(1);
            }
        }
    }

    private Instance instance(TestDatabase of, String slot) {
        return new Instance(of, redis.uri(), slot, false, MAPPING);
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static long count(TestDatabase in, String sql) {
        try (Connection connection = in.connect();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
