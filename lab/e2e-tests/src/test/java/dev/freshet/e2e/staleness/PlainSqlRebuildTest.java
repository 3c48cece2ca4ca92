// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.EmbeddedCommand;
import dev.freshet.e2e.server.Database;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The log rebuilds what plain SQL wrote, on the oldest PostgreSQL too: without any process, in seconds. */
@WithPostgres
class PlainSqlRebuildTest {
    private final TestDatabase database;

    PlainSqlRebuildTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void theLogRebuildsWhatSqlWrote() throws SQLException {
        writer("migrate").expect(0);
        try (var superuser = new Database(database.connect())) {
            write(superuser);
            var tables = RebuildTest.tables(superuser);
            writer("verify").expect(0);

            RebuildTest.damage(superuser);
            assertThat(RebuildTest.tables(superuser)).as("damaged tables").isNotEqualTo(tables);
            writer("verify").expect(1);

            writer("rebuild").expect(0);
            assertThat(RebuildTest.tables(superuser)).as("rebuilt tables").isEqualTo(tables);
            writer("verify").expect(0);
        }
    }

    private static void write(Database superuser) throws SQLException {
        superuser.execute("insert into freshet.global_context (user_id) values ('rebuild-one'), ('rebuild-two')");
        superuser.execute("insert into freshet.project_context (user_id, name)"
                + " select user_id, 'p' || n from freshet.global_context, generate_series(1, 2) n");
        superuser.execute("insert into freshet.branch_context (user_id, project_id, name)"
                + " select user_id, id, 'b' from freshet.project_context");
        superuser.execute("insert into freshet.task_context (user_id, branch_id, name)"
                + " select user_id, id, 't' || n from freshet.branch_context, generate_series(1, 3) n");
        superuser.execute("update freshet.task_context set status = 'done' where name = 't1'");
        superuser.execute("delete from freshet.task_context where name = 't2' and user_id = 'rebuild-two'");
    }

    private Command.Result writer(String command) {
        return EmbeddedCommand.run(Map.of("FRESHET_JDBC_URL", database.jdbcUrlWithUser()), "writer", command);
    }
}
