// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds even if a query of ours forgets its WHERE clause. */
@WithPostgres(template = MigratedSchema.class)
class IsolationTest {
    private static TestDatabase owner;

    @BeforeAll
    static void twoUsers(TestDatabase database) {
        owner = database;
        for (var user : new String[] {"ann", "bob"}) {
            int id = user.equals("ann") ? 1 : 2;
            database.execute(
                    "insert into freshet.global_context (user_id) values ('" + user + "')",
                    "insert into freshet.project_context (id, user_id) values (" + id + ", '" + user + "')",
                    "insert into freshet.branch_context (id, user_id, project_id) values (" + id + ", '" + user + "', "
                            + id + ")",
                    "insert into freshet.task_context (id, user_id, branch_id) values (" + id + ", '" + user + "', "
                            + id + ")",
                    "insert into freshet.idempotency (user_id, key, request) values ('" + user + "', 'k', '')");
        }
    }

    private static Connection as(String role, String user) throws SQLException {
        var connection = MigratedSchema.as(owner, role).connect();
        connection.setAutoCommit(false);
        if (user != null) {
            try (var statement = connection.prepareStatement("select set_config('freshet.user', ?, true)")) {
                statement.setString(1, user);
                statement.execute();
            }
        }
        return connection;
    }

    private static String owners(Connection connection, String table) throws SQLException {
        try (var rows = connection
                .createStatement()
                .executeQuery(
                        "select coalesce(string_agg(distinct user_id, ',' order by user_id), '') from " + table)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "freshet_writer,global_context",
        "freshet_writer,project_context",
        "freshet_writer,branch_context",
        "freshet_writer,task_context",
        "freshet_writer,event",
        "freshet_writer,idempotency",
        "freshet_reader,global_context",
        "freshet_reader,project_context",
        "freshet_reader,branch_context",
        "freshet_reader,task_context"
    })
    void ourServicesSeeOneUser(String role, String table) throws SQLException {
        try (var connection = as(role, "ann")) {
            assertThat(owners(connection, "freshet." + table)).isEqualTo("ann");
        }
        try (var connection = as(role, null)) {
            assertThat(owners(connection, "freshet." + table)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"freshet_app", "freshet_invalidator"})
    void programsThatServeAllUsersSeeAll(String role) throws SQLException {
        try (var connection = as(role, null)) {
            assertThat(owners(connection, "freshet.task_context")).isEqualTo("ann,bob");
        }
    }

    @Test
    void theUserEndsWithTheTransaction() throws SQLException {
        try (var connection = as("freshet_writer", "ann")) {
            connection.commit();
            assertThat(owners(connection, "freshet.task_context")).isEmpty();
        }
    }

    @Test
    void theWriterCannotTouchAnothersRows() throws SQLException {
        try (var connection = as("freshet_writer", "ann");
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("update freshet.task_context set name = 'x'"))
                    .isEqualTo(1);
            assertThat(statement.executeUpdate("delete from freshet.branch_context where id = 2"))
                    .isZero();
        }
        for (var sql : new String[] {
            "insert into freshet.global_context (user_id) values ('cid')",
            "update freshet.global_context set user_id = 'cid'",
            "insert into freshet.event (stream, version, type, user_id, data, source)"
                    + " values ('task:2', 2, 'Deleted', 'bob', '{}', 'api')"
        }) {
            try (var connection = as("freshet_writer", "ann")) {
                assertThatThrownBy(() -> connection.createStatement().execute(sql))
                        .hasMessageContaining("row-level security");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "freshet_reader|delete from freshet.task_context",
                "freshet_reader|select * from freshet.event",
                "freshet_invalidator|update freshet.task_context set name = 'x'",
                "freshet_invalidator|select * from freshet.event",
                "freshet_app|insert into freshet.event (stream, version, type, user_id, data, source) values ('task:1', 2, 'Deleted', 'ann', '{}', 'api')",
                "freshet_app|select * from freshet.event",
                "freshet_app|select freshet.last_event('task:1')",
                "freshet_app|select * from freshet.draw_ids('task', 1)",
                "freshet_writer|truncate freshet.task_context",
                "freshet_writer|create table freshet.mine (i int)",
                "freshet_app|alter table freshet.task_context disable trigger all"
            })
    void nobodyMayDoMoreThanItsWork(String role, String sql) throws SQLException {
        try (var connection = as(role, "ann")) {
            assertThatThrownBy(() -> connection.createStatement().execute(sql))
                    .isInstanceOf(SQLException.class)
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void migratingAgainIsSafeAndTheSchemaIsTheLatest() {
        assertThat(Migrations.run(owner.dataSource())).isZero();
        var info = Migrations.flyway(owner.dataSource()).info();
        assertThat(info.current().getVersion().getMajorAsString()).isEqualTo(Integer.toString(Migrations.LATEST));
        var writer = Jdbi.create(MigratedSchema.as(owner, "freshet_writer").dataSource());
        assertThat(Migrations.problem(writer)).isEmpty();
    }

    @Test
    void aDatabaseWithoutTheSchemaIsNotReady() {
        var problem =
                Migrations.problem(Jdbi.create(owner.server().maintenance().dataSource()));
        assertThat(problem)
                .hasValueSatisfying(told -> assertThat(told)
                        .startsWith("the schema is at version 0, this process needs " + Migrations.LATEST));
    }
}
