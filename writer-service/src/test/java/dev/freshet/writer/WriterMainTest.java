// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import dev.freshet.writer.db.Database;
import dev.freshet.writer.db.Migrations;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@WithPostgres
class WriterMainTest {
    private static int run(String... arguments) {
        return CommandRunner.run(new WriterMain(), new Environment(Map.of()), arguments);
    }

    @Test
    void servesIfNothingIsSaid() {
        assertThat(WriterMain.withDefault()).containsExactly("serve");
        assertThat(WriterMain.withDefault("--port", "0")).containsExactly("serve", "--port", "0");
        assertThat(WriterMain.withDefault("migrate", "--help")).containsExactly("migrate", "--help");
        assertThat(WriterMain.withDefault("--help")).containsExactly("--help");
    }

    @Test
    void helpIsEverywhere() {
        for (var command : new String[] {"serve", "migrate", "rebuild", "verify"}) {
            assertThat(run(command, "--help")).isZero();
        }
        assertThat(run("--help")).isZero();
    }

    @Test
    void unknownCommandsAndMissingSettingsAreUsageErrors() {
        assertThat(run("melt")).isEqualTo(2);
        assertThat(run("migrate")).isEqualTo(2);
        assertThat(run("migrate", "--jdbc-url", "mysql://x")).isEqualTo(2);
    }

    @Test
    void migratesVerifiesAndRebuildsFromTheCommandLine(TestDatabase database) {
        var url = "--jdbc-url=" + database.jdbcUrlWithUser();
        assertThat(run("migrate", url)).isZero();
        assertThat(Migrations.problem(Jdbi.create(database.dataSource()))).isEmpty();
        assertThat(run("verify", url)).isZero();
        database.execute(
                "insert into freshet.global_context (user_id) values ('ann')",
                "alter table freshet.global_context disable trigger user",
                "update freshet.global_context set name = 'spoilt'",
                "alter table freshet.global_context enable trigger user");
        assertThat(run("verify", url)).isEqualTo(1);
        assertThat(run("rebuild", url)).isZero();
        assertThat(run("verify", url)).isZero();
    }

    @Test
    void ownerOptionsTakeAnotherUserForTheSchema() {
        var options = new OwnerOptions();
        new picocli.CommandLine(picocli.CommandLine.Model.CommandSpec.create()
                        .addMixin("m", picocli.CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs(
                        "--jdbc-url",
                        "jdbc:postgresql://h/db",
                        "--jdbc-user",
                        "writer",
                        "--migrate-jdbc-user",
                        "owner");
        var environment = new Environment(Map.of("FRESHET_JDBC_PASSWORD", "w", "FRESHET_MIGRATE_JDBC_PASSWORD", "o"));
        assertThat(options.service(environment).properties())
                .containsEntry("user", "writer")
                .containsEntry("password", "w");
        assertThat(options.owner(environment).properties())
                .containsEntry("user", "owner")
                .containsEntry("password", "o");
        assertThat(Database.unpooled(options.owner(environment))).isNotNull();
    }
}
