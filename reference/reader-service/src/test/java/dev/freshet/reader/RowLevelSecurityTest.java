// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.Loaded;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.protocol.Tag;
import dev.freshet.support.config.postgres.JdbcSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

@WithPostgres(template = MigratedDatabase.class)
class RowLevelSecurityTest {
    private final TestDatabase database;

    RowLevelSecurityTest(TestDatabase database) {
        this.database = database;
        Sample.fill(database);
    }

    @Test
    void isolatesUsersEvenWithoutAWhere() {
        try (var reader = open(MigratedDatabase.asReader(database))) {
            assertThat(allTasks(reader, "u2")).containsExactly(911L);
            assertThat(allTasks(reader, "u1")).containsExactlyInAnyOrder(111L, 112L, 121L);
            assertThat(allTasks(reader, "")).isEmpty();
            assertThat(reader.isolationProblem()).isEmpty();
        }
    }

    @Test
    void isReportedWhereItDoesNotBind() {
        try (var superuser = open(database)) {
            assertThat(superuser.isolationProblem()).isPresent();
        }
    }

    private static List<Long> allTasks(Database reader, String user) {
        var found = new ArrayList<Long>();
        reader.readAs(user, handle -> {
            handle.createQuery("select id from freshet.task_context")
                    .mapTo(Long.class)
                    .forEach(found::add);
            return Loaded.absent(List.of(Tag.row("task", List.of("1"))));
        });
        return found;
    }

    private static Database open(TestDatabase as) {
        var properties = new Properties();
        properties.setProperty("user", as.user());
        properties.setProperty("password", as.password());
        return Database.open(new JdbcSettings(as.jdbcUrl(), properties), new SimpleMeterRegistry());
    }
}
