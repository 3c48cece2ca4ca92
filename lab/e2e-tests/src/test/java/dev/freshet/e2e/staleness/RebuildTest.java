// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.e2e.context.Audit;
import dev.freshet.e2e.context.Level;
import dev.freshet.e2e.context.RandomWrites;
import dev.freshet.e2e.context.Tree;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.EmbeddedCommand;
import dev.freshet.e2e.server.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The log is the source of truth: it rebuilds the same tables, whoever wrote them. */
@ExtendWith(InstallationExtension.class)
class RebuildTest {
    private static final int WRITES = 60;

    private final Installation freshet;

    RebuildTest(Installation freshet) {
        this.freshet = freshet;
    }

    @Test
    void theLogRebuildsWhatMixedWritersLeft() throws SQLException {
        try (var app = freshet.application();
                var superuser = freshet.superuser()) {
            for (var name : List.of("rebuild-one", "rebuild-two")) {
                var tree = Tree.full(freshet.user(name), app);
                new RandomWrites(name.hashCode(), tree.user(), app).run(WRITES);
                tree.views().forEach(view -> tree.user().read(view.path()));
            }
            var tables = tables(superuser);
            writer("verify").expect(0);

            damage(superuser);
            assertThat(tables(superuser)).as("damaged tables").isNotEqualTo(tables);
            writer("verify").expect(1);

            writer("rebuild").expect(0);
            assertThat(tables(superuser)).as("rebuilt tables").isEqualTo(tables);
            writer("verify").expect(0);

            // What a rebuild repairs is a change like any other.
            freshet.drain();
            assertThat(Audit.stale(freshet.cache(), superuser))
                    .as("stale entries%n%s", freshet.logs())
                    .isEmpty();
        }
    }

    private Command.Result writer(String command) {
        return EmbeddedCommand.run(freshet.ownerSettings(), "writer", command);
    }

    static List<List<String>> tables(Database superuser) throws SQLException {
        var rows = new ArrayList<List<String>>();
        for (var level : Level.values()) {
            rows.addAll(superuser.rows(
                    "select '%1$s', to_jsonb(t) from %1$s t where user_id like 'rebuild-%%' order by %2$s"
                            .formatted(level.table(), level.idColumn())));
        }
        assertThat(rows).hasSizeGreaterThan(10);
        return rows;
    }

    /** Damages tables without the log: triggers are off, and so are foreign keys. */
    static void damage(Database superuser) throws SQLException {
        superuser.execute("set session_replication_role = replica");
        superuser.execute("delete from freshet.task_context where user_id = 'rebuild-one'");
        superuser.execute("update freshet.branch_context set name = 'wrong' where user_id = 'rebuild-two'");
        superuser.execute("update freshet.project_context set version = version + 1 where user_id like 'rebuild-%'");
        superuser.execute("insert into freshet.project_context (id, user_id) values (9999999, 'rebuild-one')");
        superuser.execute("delete from freshet.global_context where user_id = 'rebuild-two'");
        superuser.execute("set session_replication_role = origin");
    }
}
