// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PostgresPairTest {
    @Test
    void theStandbyFollowsAndIsPromoted() throws SQLException {
        try (var pair = PostgresPair.start()) {
            assertThat(value(pair.primary(), "SELECT pg_is_in_recovery()")).isEqualTo("f");
            assertThat(value(pair.standby(), "SELECT pg_is_in_recovery()")).isEqualTo("t");

            pair.primary().maintenance().execute("CREATE TABLE t AS SELECT 7 AS n");
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> value(pair.standby(), "SELECT n FROM t").equals("7"));

            pair.primary().kill();
            pair.promote();
            assertThat(value(pair.standby(), "SELECT pg_is_in_recovery()")).isEqualTo("f");
            pair.standby().maintenance().execute("INSERT INTO t VALUES (8)");
        }
    }

    private static String value(PostgresServer server, String sql) throws SQLException {
        try (var connection = server.maintenance().connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
