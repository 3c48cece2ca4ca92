// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.rebuild.Differences;
import dev.freshet.writer.rebuild.Projections;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** A database that an earlier version made and filled is brought to this version. */
@WithPostgres
class UpgradeTest {
    private static final int EARLIER = 16;

    @Test
    void aLogThatWasBegunEarlierGoesOn(TestDatabase database) {
        var owner = database.dataSource();
        Flyway.configure()
                .configuration(Migrations.flyway(owner).getConfiguration())
                .target(Integer.toString(EARLIER))
                .load()
                .migrate();
        database.execute(
                "insert into freshet.global_context (user_id) values ('ann'), ('bob')",
                "insert into freshet.project_context (id, user_id) values (1, 'ann'), (2, 'bob')",
                "update freshet.project_context set name = 'before'");

        assertThat(Migrations.run(owner)).isEqualTo(Migrations.LATEST - EARLIER);

        database.execute(
                "insert into freshet.branch_context (id, user_id, project_id) values (1, 'ann', 1)",
                "update freshet.project_context set name = 'after'",
                "update freshet.global_context set user_id = 'cid' where user_id = 'bob'",
                "delete from freshet.project_context where id = 1");
        assertThat(new Projections(Jdbi.create(owner)).verify()).allMatch(Differences::none);
        assertThat(events(owner)).isEqualTo(2 + 2 + 2 + 1 + 2 + 4 + 2);
    }

    private static long events(DataSource owner) {
        return Jdbi.create(owner)
                .withHandle(handle -> handle.createQuery("select count(*) from freshet.event")
                        .mapTo(Long.class)
                        .one());
    }
}
