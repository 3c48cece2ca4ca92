// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.run.status.State;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

/** Somebody else streams from the slot, under the same role, as pg_recvlogical or another Debezium does. */
@WithPostgres
@WithRedis
class ForeignConsumerTest {
    private final TestDatabase database;
    private final RedisServer redis;

    ForeignConsumerTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    /** An application name proves nothing. */
    @ParameterizedTest
    @CsvSource("foreign_slot,freshet stream")
    void isNotEndedButNamedAndWaitedFor(String slot, String application) throws Exception {
        try (var run = new RunFixture(database, redis, slot).startAndStream()) {
            run.supervisor().close();
            run.awaitSlotFree();
            try (Connection other = replication(application);
                    PGReplicationStream stream = other.unwrap(PGConnection.class)
                            .getReplicationAPI()
                            .replicationStream()
                            .logical()
                            .withSlotName(slot)
                            .withSlotOption("proto_version", 1)
                            .withSlotOption("publication_names", slot)
                            .start()) {
                long pid = run.query("SELECT active_pid FROM pg_replication_slots WHERE slot_name = '" + slot + "'");
                run.cache(1);
                run.start();
                run.awaitState(State.SLOT_IN_USE);
                assertThat(run.supervisor().status().reason())
                        .contains("slot " + slot + " is in use by process " + pid)
                        .contains("'" + application + "'")
                        .contains("since 20")
                        .contains("--slot");
                var since = run.supervisor().status().since();
                String start = run.text("SELECT clock_timestamp()");
                await().atMost(RunFixture.PATIENCE)
                        .until(() -> run.query("SELECT (clock_timestamp() > timestamptz '" + start
                                        + "' + interval '3 seconds')::int")
                                == 1);
                assertThat(run.query("SELECT active_pid FROM pg_replication_slots WHERE slot_name = '" + slot + "'"))
                        .isEqualTo(pid);
                assertThat(run.supervisor().status().state()).isEqualTo(State.SLOT_IN_USE);
                assertThat(run.supervisor().status().since()).isEqualTo(since);
                stream.readPending();
            }
            run.awaitState(State.STREAMING);
            run.execute("INSERT INTO " + slot + " VALUES (1, 'x')");
            run.awaitGone(1);
        }
    }

    private Connection replication(String application) throws Exception {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("replication", "database");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "14");
        properties.setProperty("ApplicationName", application);
        return DriverManager.getConnection(database.jdbcUrl(), properties);
    }
}
