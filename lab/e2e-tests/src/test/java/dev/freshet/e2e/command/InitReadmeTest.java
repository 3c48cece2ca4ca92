// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.command;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.Secrets;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.Repository;
import dev.freshet.e2e.process.Sidecar;
import dev.freshet.e2e.server.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Follows the README's section on one's own database: with nothing but its commands, the right keys go. */
@ExtendWith(InstallationExtension.class)
class InitReadmeTest {
    private static final List<Repository.Block> BLOCKS =
            Repository.blocks(Repository.text("README.md"), "Your own database, in ten minutes");

    private final Installation freshet;

    @TempDir
    private Path folder;

    InitReadmeTest(Installation freshet) {
        this.freshet = freshet;
    }

    @BeforeEach
    void linkTheLauncher() throws IOException {
        Files.createSymbolicLink(folder.resolve("freshet"), Repository.file("freshet"));
    }

    @AfterEach
    void takeTheLinkAway() throws IOException {
        Files.delete(folder.resolve("freshet"));
    }

    @Test
    void aDraftThatNobodyEditedEvictsTheKeysOfChangedRows() throws Exception {
        try (var app = freshet.createDatabase("ten_minutes");
                var dba = new Database(app.connect())) {
            dba.script("create table users (id int primary key, name text);"
                    + "create table notes (id int primary key, user_id int references users, text text);"
                    + "insert into users values (1, 'Ada'), (2, 'Bob');");
            var password = Secrets.random(16);
            dba.execute("create role ten_minutes login replication password '" + password + "'");
            freshet.cache().redis().set("account:user:1", "cached");
            freshet.cache().redis().set("account:user:2", "cached");
            var exports = pointedAtUs(BLOCKS.get(0).text(), app, password);

            shell(exports, Map.of()).run().expect(0);

            assertThat(folder.resolve("mapping.yaml")).content().contains("account:user:{id}", "note:{id}");
            var commands = BLOCKS.get(1).text().lines().toList();
            var environment = exports.replace("./freshet init", "") + commands.get(0) + "\n";
            var check = shell(environment + commands.get(1), Map.of());
            for (var statement : check.run().expect(1).lines().stream()
                    .map(String::strip)
                    .filter(line -> line.endsWith(";"))
                    .toList()) {
                dba.execute(statement);
            }
            check.run().expect(0);
            try (var sidecar =
                    new Sidecar(shell(environment + "exec " + commands.get(2), Map.of("FRESHET_ADMIN_PORT", "0")))) {
                sidecar.awaitLog("listening on http");
                // The purge of the first start is over once a change after it is handled.
                var target = dba.position();
                dba.execute("insert into notes values (1, 2, 'a mark')");
                freshet.cache().awaitPosition(namespace(), target, sidecar::log);
                freshet.cache().redis().set("account:user:1", "cached");
                freshet.cache().redis().set("account:user:2", "cached");
                dba.execute("update users set name = 'Grace' where id = 1");
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(freshet.cache().existing(Set.of("account:user:1", "account:user:2")))
                                        .as(sidecar::log)
                                        .containsExactly("account:user:2"));
            }
        }
    }

    private String namespace() throws IOException {
        return Files.readAllLines(folder.resolve("mapping.yaml")).stream()
                .filter(line -> line.startsWith("namespace: "))
                .map(line -> line.split(" ")[1])
                .findFirst()
                .orElseThrow();
    }

    private String pointedAtUs(String script, TestDatabase app, String password) {
        return script.replace("jdbc:postgresql://localhost:5432/app", app.jdbcUrl())
                .replace("redis://localhost:6379", freshet.redis().uri())
                .replace("FRESHET_JDBC_USER=freshet", "FRESHET_JDBC_USER=ten_minutes")
                .replace("PASSWORD=…", "PASSWORD=" + password);
    }

    private Command shell(String script, Map<String, String> settings) {
        var environment = new LinkedHashMap<>(Command.freshet().environment());
        environment.put("FRESHET_SLOT", "ten_minutes");
        environment.putAll(settings);
        return new Command(List.of("sh", "-c", "cd '" + folder + "'\n" + script), environment, folder);
    }
}
