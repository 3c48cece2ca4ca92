// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.outage;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.process.WorkFolder;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.Sidecar;
import dev.freshet.e2e.server.Database;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One value is larger than the memory of the process, which therefore dies after each restart. */
@ExtendWith(InstallationExtension.class)
class KillingChangeTest {
    private static final String HEAP = "-Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError";
    private static final int OUT_OF_MEMORY = 3;
    private static final String MAPPING = """
            freshet: 1
            namespace: killing
            entities:
              page: { table: page, id: id, keys: [ "page:{id}" ] }
            """;

    private final Installation freshet;

    KillingChangeTest(Installation freshet) {
        this.freshet = freshet;
    }

    @Test
    void isLeftBehindOnceThreeProcessesHaveDiedOfIt() throws Exception {
        try (var folder = WorkFolder.create("e2e-killing");
                var database = freshet.createDatabase("killing");
                var dba = new Database(database.connect())) {
            dba.execute("create table page (id int primary key, text text not null)");
            var mapping = Files.writeString(folder.path().resolve("killing.yaml"), MAPPING)
                    .toString();
            var command =
                    Command.freshet("invalidator", "run", "--mapping", mapping).with(settings(database));
            var redis = freshet.cache().redis();
            // The first one made progress before; the three after it started right before that change.
            for (int death = 0; death <= 3; death++) {
                try (var sidecar = new Sidecar(command)) {
                    if (death == 0) {
                        sidecar.awaitLog("listening on http");
                        dba.execute("insert into page values (1, 'x')");
                        drain(dba, sidecar);
                        redis.set("page:2", "cached");
                        dba.execute("insert into page values (2, repeat('x', 100000000))");
                    }
                    assertThat(sidecar.awaitEnd()).as("death %s", death).isEqualTo(OUT_OF_MEMORY);
                }
            }
            try (var sidecar = new Sidecar(command)) {
                sidecar.awaitLog("3 processes vanished while they read it");
                await().atMost(PATIENCE).until(() -> redis.get("page:2") == null);
                redis.set("page:3", "cached");
                dba.execute("insert into page values (3, 'y')");
                drain(dba, sidecar);
                assertThat(redis.get("page:3")).isNull();
                assertThat(sidecar.stop()).isZero();
            }
        }
    }

    /** Waits until everything committed so far was handled. One more commit makes a position behind it come. */
    private void drain(Database dba, Sidecar sidecar) throws SQLException {
        var target = dba.position();
        dba.execute("update page set text = 'z' where id = 1");
        freshet.cache().awaitPosition("killing", target, sidecar::log);
    }

    private Map<String, String> settings(TestDatabase database) {
        return Map.of(
                "FRESHET_JDBC_URL",
                database.jdbcUrl(),
                "FRESHET_JDBC_USER",
                database.user(),
                "FRESHET_JDBC_PASSWORD",
                database.password(),
                "FRESHET_REDIS_URL",
                freshet.redis().uri(),
                "FRESHET_SLOT",
                "killing",
                "FRESHET_PUBLICATION",
                "killing",
                "FRESHET_ADMIN_PORT",
                "0",
                "FRESHET_JAVA_OPTS",
                HEAP);
    }
}
