// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.command;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.stack.Jars;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.Repository;
import dev.freshet.e2e.process.Sidecar;
import dev.freshet.e2e.server.Database;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the systemd unit starts, as it stands there: its command line, its settings, and its credentials. Only the places
 * of Java, the jar and the files differ, and the addresses of the servers.
 */
@ExtendWith(InstallationExtension.class)
class SystemdCommandTest {
    private static final String UNIT = Repository.text("deploy/systemd/freshet-invalidator.service");
    private static final String MAPPING = """
            freshet: 1
            namespace: unit
            entities:
              t: { table: t, id: id, keys: [ "unit:t:{id}" ] }
            """;

    private final Installation freshet;

    @TempDir
    private Path folder;

    SystemdCommandTest(Installation freshet) {
        this.freshet = freshet;
    }

    @Test
    void theCommandOfTheUnitEvictsAndEndsWhenItIsTold() throws Exception {
        try (var database = freshet.createDatabase("unit");
                var dba = new Database(database.connect())) {
            dba.execute("create table t (id int primary key, v int not null)");
            Files.writeString(folder.resolve("mapping.yaml"), MAPPING);
            Files.writeString(folder.resolve("jdbc-password"), database.password() + "\n");
            var redis = URI.create(freshet.redis().uri());
            String login = redis.getUserInfo() == null ? "" : redis.getUserInfo();
            Files.writeString(folder.resolve("redis-password"), login.replaceFirst("^[^:]*:", ""));

            var settings = settings();
            assertThat(settings)
                    .containsKeys("FRESHET_MAPPING", "FRESHET_JDBC_PASSWORD_FILE", "FRESHET_REDIS_PASSWORD_FILE");
            settings.put("FRESHET_JDBC_URL", database.jdbcUrl());
            settings.put("FRESHET_JDBC_USER", database.user());
            String user = login.contains(":") ? login.substring(0, login.indexOf(':')) : "";
            settings.put(
                    "FRESHET_REDIS_URL",
                    "redis://" + (user.isEmpty() ? "" : user + "@") + redis.getHost() + ":" + redis.getPort());
            if (login.isEmpty()) {
                settings.remove("FRESHET_REDIS_PASSWORD_FILE");
            }
            settings.putAll(Map.of("FRESHET_SLOT", "unit", "FRESHET_PUBLICATION", "unit", "FRESHET_ADMIN_PORT", "0"));

            try (var sidecar = new Sidecar(new Command(command(), settings, folder))) {
                sidecar.awaitLog("Lifecycle: streaming");
                freshet.cache().redis().set("unit:t:1", "cached");
                dba.execute("insert into t values (1, 1)");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(freshet.cache().redis().get("unit:t:1"))
                                .as(sidecar::log)
                                .isNull());
                assertThat(sidecar.stop())
                        .as("SIGTERM is no failure, after which systemd would restart it")
                        .isZero();
            }
        }
    }

    private static List<String> command() {
        var words = lines("ExecStart=").toList();
        assertThat(words).hasSize(1);
        return Stream.of(words.get(0).split(" "))
                .map(word -> word.equals("/usr/bin/java")
                        ? Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()
                        : word)
                .map(word -> word.equals("/opt/freshet/invalidator.jar")
                        ? Jars.locate().app("invalidator").toString()
                        : word)
                .toList();
    }

    private Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        assertThat(lines("EnvironmentFile=")).containsExactly("/etc/freshet/invalidator.env");
        Stream.concat(
                        Repository.text("deploy/systemd/invalidator.env")
                                .lines()
                                .filter(line -> !line.startsWith("#") && !line.isBlank()),
                        lines("Environment=").flatMap(line -> Stream.of(line.split(" "))))
                .map(each -> each.replace("/etc/freshet/", folder + "/").replace("%d/", folder + "/"))
                .forEach(each ->
                        settings.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1)));
        return settings;
    }

    private static Stream<String> lines(String beginning) {
        return UNIT.lines().filter(line -> line.startsWith(beginning)).map(line -> line.substring(beginning.length()));
    }
}
