// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.command;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.process.WorkFolder;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.Sidecar;
import dev.freshet.e2e.server.Database;
import io.lettuce.core.AclSetuserArgs;
import java.nio.file.Files;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A Redis whose default user is off, an address that names the user, and the password in a variable, as in the Compose
 * file.
 */
@ExtendWith(InstallationExtension.class)
class RedisUserTest {
    private static final String MAPPING = """
            freshet: 1
            namespace: c19
            entities:
              t:
                table: t
                id: id
                keys: [ "t:{id}" ]
            """;

    private final Installation freshet;

    RedisUserTest(Installation freshet) {
        this.freshet = freshet;
    }

    @Test
    void invalidatorAndAuditAreTheUserThatTheAddressNames() throws Exception {
        try (var folder = WorkFolder.create("e2e-redis-user");
                var database = freshet.createDatabase("c19");
                var dba = new Database(database.connect());
                var redis = RedisServer.start();
                var admin = new RawRedis(redis.uri())) {
            dba.execute("create table t (id int primary key, v int not null)");
            admin.redis.aclSetuser(
                    "invalidator",
                    AclSetuserArgs.Builder.on()
                            .addPassword("secret1")
                            .allKeys()
                            .allChannels()
                            .allCommands());
            admin.redis.aclSetuser("default", AclSetuserArgs.Builder.off());
            var settings = new HashMap<String, String>();
            settings.put("FRESHET_JDBC_URL", database.jdbcUrl());
            settings.put("FRESHET_JDBC_USER", database.user());
            settings.put("FRESHET_JDBC_PASSWORD", database.password());
            settings.put("FRESHET_REDIS_URL", "redis://invalidator@" + redis.host() + ":" + redis.port());
            settings.put("FRESHET_REDIS_PASSWORD", "secret1");
            settings.put("FRESHET_SLOT", "c19");
            settings.put("FRESHET_PUBLICATION", "c19");
            settings.put("FRESHET_ADMIN_PORT", "0");
            settings.put(
                    "FRESHET_MAPPING",
                    Files.writeString(folder.path().resolve("c19.yaml"), MAPPING)
                            .toString());
            admin.redis.set("t:1", "cached");

            try (var sidecar = new Sidecar(Command.freshet("invalidator", "run").with(settings))) {
                sidecar.awaitLog("listening on http");
                await().atMost(PATIENCE)
                        .until(() -> admin.redis
                                .clientList()
                                .lines()
                                .anyMatch(client -> client.contains("name=freshet-invalidator ")
                                        && client.contains(" user=invalidator ")));
                sidecar.awaitLog("Lifecycle: streaming");
                admin.redis.set("t:1", "cached");
                dba.execute("insert into t values (1, 1)");
                await().atMost(PATIENCE).until(() -> admin.redis.exists("t:1") == 0);

                // It runs, but finds nothing to check, as this mapping evicts no tags.
                Command.freshet("invalidator", "audit", "--all")
                        .with(settings)
                        .run()
                        .expect(4);
            }
            assertThat(admin.redis.aclLog()).as("refused").isEmpty();
        }
    }
}
