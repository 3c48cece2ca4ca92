// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@WithPostgres(template = DevServicesExtensionTest.OneTable.class)
@WithRedis
class DevServicesExtensionTest {
    private static TestDatabase first;

    static final class OneTable implements DatabaseTemplate {
        private static int calls;

        @Override
        public void prepare(TestDatabase database) {
            calls++;
            database.execute("CREATE TABLE t(i int)");
        }
    }

    @BeforeAll
    static void remember(TestDatabase database, RedisServer redis) {
        first = database;
        assertThat(redis.isRunning()).isTrue();
    }

    @Test
    void aClassHasOneDatabaseCopiedFromItsTemplate(TestDatabase database) throws SQLException {
        assertThat(database).isEqualTo(first);
        assertThat(OneTable.calls).isEqualTo(1);
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("INSERT INTO t VALUES (1)")).isEqualTo(1);
        }
    }

    /** Although logging in is quick. */
    @Test
    void passwordsAreChecked(TestDatabase database) {
        assertThatThrownBy(() -> database.as(database.user(), "wrong").connect())
                .hasMessageContaining("password authentication failed");
    }

    @Nested
    class ANestedClass {
        @Test
        void sharesItsDatabaseAndServers(TestDatabase database, PostgresServer server, RedisServer redis) {
            assertThat(database).isEqualTo(first);
            assertThat(database.server()).isSameAs(server);
            assertThat(redis.way()).isEqualTo(server.way());
        }
    }
}
