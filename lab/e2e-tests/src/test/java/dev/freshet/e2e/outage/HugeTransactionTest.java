// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.outage;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Transactions far larger than the invalidator's memory, and one row that makes very many keys stale. */
@ExtendWith(InstallationExtension.class)
class HugeTransactionTest {
    private static final int ROWS = 100_000;
    /** With half a kilobyte per row, the old and new row images together exceed the heap. */
    private static final String HEAP = "-Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError";

    private static final String MAPPING = """
            freshet: 1
            namespace: huge
            entities:
              team:
                table: team
                id: id
                keys:
                  - key: player:{player.id}
                    on: [name]
              player:
                table: player
                id: id
                references: { team: team_id }
                keys: [ "player:{id}" ]
            """;

    private final Installation freshet;

    HugeTransactionTest(Installation freshet) {
        this.freshet = freshet;
    }

    @Test
    void hundredThousandRowsOrKeysInOneTransactionFitIntoASmallHeap() throws Exception {
        try (var folder = WorkFolder.create("e2e-huge");
                var database = freshet.createDatabase("huge");
                var dba = new Database(database.connect())) {
            dba.execute("create table team (id int primary key, name text not null)");
            dba.execute(
                    "create table player (id int primary key, team_id int not null references team, name text not null,"
                            + " life text not null)");
            // Hashes do not compress, so that no row is small in the WAL.
            dba.execute("alter table player alter column life set storage external");
            dba.execute("create index on player (team_id)");
            dba.execute("insert into team values (1, 'a'), (2, 'b')");
            dba.execute("insert into player select i, 1, 'p',"
                    + " (select string_agg(md5(i || ':' || n), '') from generate_series(1, 16) n)"
                    + " from generate_series(1, " + ROWS + ") i");
            // Old rows come whole, too.
            dba.execute("alter table player replica identity full");
            var mapping = Files.writeString(folder.path().resolve("huge.yaml"), MAPPING)
                    .toString();
            var settings = settings(database);
            Command.freshet("invalidator", "check", "--apply=replica-identity", "--mapping", mapping)
                    .with(settings)
                    .run()
                    .expect(0);
            try (var sidecar = new Sidecar(
                    Command.freshet("invalidator", "run", "--mapping", mapping).with(settings))) {
                sidecar.awaitLog("listening on http");
                // Behind the purge with which it begins.
                drain(dba, sidecar);
                change(dba, sidecar, "update player set name = 'q'");
                change(dba, sidecar, "update team set name = 'c' where id = 1");
                assertThat(sidecar.stop()).as("exit code after SIGTERM").isZero();
            }
        }
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
                "huge",
                "FRESHET_PUBLICATION",
                "huge",
                "FRESHET_ADMIN_PORT",
                "0",
                "FRESHET_JAVA_OPTS",
                HEAP);
    }

    /** Caches every hundredth player, makes the change, and expects none to be cached afterwards. */
    private void change(Database dba, Sidecar sidecar, String sql) throws SQLException {
        var cached = IntStream.rangeClosed(1, ROWS / 100)
                .mapToObj(i -> "player:" + 100 * i)
                .toList();
        var redis = freshet.cache().redis();
        redis.set("player:0", "no such row");
        cached.forEach(key -> redis.set(key, "cached"));

        dba.execute(sql);
        drain(dba, sidecar);

        assertThat(freshet.cache().existing(cached)).as("left after %s", sql).isEmpty();
        assertThat(redis.get("player:0")).isEqualTo("no such row");
    }

    private void drain(Database dba, Sidecar sidecar) throws SQLException {
        var target = dba.position();
        dba.execute("update team set name = name || '.' where id = 2");
        freshet.cache().awaitPosition("huge", target, sidecar::log);
    }
}
