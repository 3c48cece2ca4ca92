// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows the pages of {@code docs/change} literally: every command on them is run here. */
@WithPostgres
class ChangePagesTest {
    private static final String POSITION = "freshet:~position";
    private static final String MAPPING = """
            freshet: 1
            entities:
              org: { table: org, id: org_id, keys: [ "org:{org_id}" ] }
              member: { table: member, id: id, keys: [ "profile:{id}" ] }
            """;

    private final TestDatabase database;
    private final RedisServer redis = RedisServer.start();

    @TempDir
    private Path folder;

    private Shell shell;

    ChangePagesTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void start() throws IOException {
        shell = new Shell(folder, database, redis);
        tables(database);
        database.execute(
                "CREATE PUBLICATION freshet FOR TABLE org, member",
                "COMMENT ON PUBLICATION freshet IS 'Made by Freshet, which may change it.'",
                "SELECT pg_create_logical_replication_slot('freshet', 'pgoutput')");
        mapping(MAPPING);
    }

    @AfterEach
    void stop() {
        shell.close();
        redis.close();
        database.dropSlot("freshet");
        database.execute(
                "DROP PUBLICATION IF EXISTS freshet",
                "DROP TABLE IF EXISTS member, person, team, org CASCADE",
                "DO $$ BEGIN IF to_regrole('freshet') IS NOT NULL THEN DROP OWNED BY freshet; DROP ROLE freshet; END IF; END $$");
    }

    @Test
    void thereIsATestForEachPageAndALinkToIt() throws IOException {
        String index = Files.readString(DocPage.FOLDER.resolve("change/README.md"));
        try (Stream<Path> pages = Files.list(DocPage.FOLDER.resolve("change"))) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "README.md",
                            "ddl.md",
                            "failover.md",
                            "mapping.md",
                            "move-redis.md",
                            "passwords.md",
                            "pg-upgrade.md",
                            "two-versions.md",
                            "uninstall.md")
                    .allSatisfy(page -> assertThat(index.contains("(" + page + ")") || page.equals("README.md"))
                            .as(page)
                            .isTrue());
        }
    }

    @Test
    void mapping() throws Exception {
        HangUps.assumeReceived();
        var page = new DocPage("change/mapping.md");
        Shell.Running run = shell.start("exec ./freshet invalidator run --mapping members.yaml");
        awaitPosition(redis);
        String former = shell.hget(POSITION, "mapping");
        Files.writeString(
                folder.resolve("new.yaml"),
                MAPPING.replace("\"profile:{id}\"", "\"profile:{id}\", \"profile:{id}:short\""));
        Files.writeString(
                folder.resolve("changes.json"),
                "{\"op\":\"c\",\"source\":{\"schema\":\"public\",\"table\":\"member\",\"txId\":2},"
                        + "\"after\":{\"id\":7,\"org_id\":1,\"name\":\"Ada\"}}\n");
        shell.set("profile:7:short");

        assertThat(shell.run(page.block("sh", 0)).expect(0)).contains("\"gained\",\"key\":\"profile:7:short\"");
        shell.with("PID", Long.toString(run.pid())).run(page.block("sh", 1)).expect(0);
        await().atMost(PATIENCE).until(() -> !former.equals(shell.hget(POSITION, "mapping")));
        assertThat(shell.exists("profile:7:short")).isFalse();

        // Back to the former mapping, over HTTP.
        mapping(MAPPING);
        String answer = shell.run(page.block("sh", 2).replace("http://127.0.0.1:8083", run.url()))
                .expect(0);
        JsonNode told = new ObjectMapper().readTree(answer);
        JsonNode promised = new ObjectMapper().readTree(page.block("json", 0));
        assertThat(names(told)).isEqualTo(names(promised));
        assertThat(told.path("outcome")).isEqualTo(promised.path("outcome"));
        assertThat(told.path("keys")).isEqualTo(promised.path("keys"));
        await().atMost(PATIENCE).until(() -> former.equals(shell.hget(POSITION, "mapping")));
        assertThat(page.unused()).isEmpty();
    }

    @Test
    void ddl() throws Exception {
        var page = new DocPage("change/ddl.md");
        database.execute(page.block("sql", 0));
        shell.run(page.block("sh", 0)).expect(0);
        database.execute(page.block("sql", 1));
        database.execute(page.block("sql", 2), "CREATE ROLE freshet LOGIN REPLICATION");
        Files.writeString(
                folder.resolve("with-team.yaml"),
                MAPPING + "  team: { table: team, id: id, keys: [ \"team:{id}\", \"team:{id}:{name}\" ] }\n");
        assertThat(shell.run(page.block("sh", 1)).expect(0)).contains("Nothing would be missed");

        Shell.Running run = shell.start("exec ./freshet invalidator run --mapping members.yaml");
        awaitPosition(redis);
        shell.set("profile:7");
        database.execute(page.block("sql", 3));
        await().atMost(PATIENCE).until(() -> !shell.exists("profile:7"));

        run.stop();
        shell.set("profile:7");
        shell.redis(page.lines("redis", 0));
        run = shell.start("exec ./freshet invalidator run --mapping members.yaml");
        awaitPosition(redis);
        assertThat(shell.exists("profile:7")).as("purged").isFalse();

        run.stop();
        shell.set("profile:7");
        database.execute("UPDATE member SET name = 'another'", page.block("sql", 4));
        mapping(MAPPING.replace("table: member", "table: person"));
        shell.start("exec ./freshet invalidator run --mapping members.yaml");
        await().atMost(PATIENCE).until(() -> !shell.exists("profile:7"));
        assertThat(page.unused()).isEmpty();
    }

    @Test
    void passwords() {
        var page = new DocPage("change/passwords.md");
        database.execute("CREATE ROLE freshet LOGIN PASSWORD 'the old one'", page.block("sql", 0));
        shell.redis(List.of("ACL SETUSER freshet on >old"));
        shell.redis(page.lines("redis", 0));
        assertThat(page.unused()).isEmpty();
    }

    /** What the settings bring is seen in PromotionTest, which takes them from the page. */
    @Test
    void failover() {
        var page = new DocPage("change/failover.md");
        String url = page.block("sh", 0).split("'")[1];
        assertThat(new JdbcSettings(url, new Properties()).servers()).hasSize(2);
        assertThat(shell.run(page.block("sh", 1) + "./freshet invalidator run --help")
                        .expect(0))
                .contains("--on-promotion");
        page.block("sql", 0);
        page.block("sql", 1);
        page.block("ini", 0);
        assertThat(page.unused()).isEmpty();
    }

    @Test
    void pgUpgrade() throws Exception {
        var page = new DocPage("change/pg-upgrade.md");
        Shell.Running run = shell.start("exec ./freshet invalidator run --mapping members.yaml");
        awaitPosition(redis);
        run.stop();
        database.execute(page.block("sql", 0));
        shell.set("profile:7");
        try (var server = PostgresServer.start();
                var upgraded = server.createDatabase("upgraded")) {
            tables(upgraded);
            upgraded.execute("CREATE ROLE freshet LOGIN REPLICATION");
            Shell there = shell.on(upgraded);
            assertThat(there.run(page.block("sh", 0)).expect(1)).contains("[FR311]", "1 error,");
            there.run(page.block("sh", 1).replace(" --take-over", "")).expect(5);
            assertThat(shell.exists("profile:7")).isTrue();
            String epoch = shell.hget(POSITION, "epoch");
            there.start("exec " + page.block("sh", 1));
            await().atMost(PATIENCE).until(() -> !epoch.equals(shell.hget(POSITION, "epoch")));
            assertThat(shell.exists("profile:7")).as("purged").isFalse();
            there.close();
        }
        assertThat(page.unused()).isEmpty();
    }

    @Test
    void moveRedis() throws Exception {
        var page = new DocPage("change/move-redis.md");
        Shell.Running run = shell.start("exec ./freshet invalidator run --mapping members.yaml");
        awaitPosition(redis);
        run.stop();
        try (var next = RedisServer.start();
                var there = new Shell(folder, database, next)) {
            there.set("profile:7");
            there.start(page.block("sh", 0)
                    .replace("redis://new-redis:6379", next.uri())
                    .replace("./freshet", "exec ./freshet"));
            awaitPosition(next);
            assertThat(there.exists("profile:7")).as("purged").isFalse();
            shell.redis(page.lines("redis", 0));
            assertThat(shell.hget(POSITION, "lsn")).isNull();
        }
        assertThat(page.unused()).isEmpty();
    }

    @Test
    void twoVersions() throws Exception {
        var page = new DocPage("change/two-versions.md");
        Files.writeString(folder.resolve("both.yaml"), page.block("yaml", 0));
        shell.run(page.block("sh", 0)).expect(0);
        assertThat(page.unused()).isEmpty();
    }

    @Test
    void uninstall() {
        var page = new DocPage("change/uninstall.md");
        database.execute("CREATE ROLE freshet LOGIN REPLICATION", "GRANT SELECT ON org TO freshet");
        database.execute("ALTER TABLE org REPLICA IDENTITY FULL");
        shell.set("freshet:~position");
        database.execute(statements(page.block("sql", 0)));
        assertThat(shell.column(page.block("sql", 1))).contains("org");
        database.execute(page.block("sql", 2));
        assertThat(shell.column(page.block("sql", 1))).doesNotContain("org");
        database.execute(statements(page.block("sql", 3)));
        assertThat(shell.redis(page.lines("redis", 0))).contains("freshet:~position");
        assertThat(shell.exists("freshet:~position")).isFalse();
        assertThat(page.unused()).isEmpty();
    }

    private static void tables(TestDatabase in) {
        in.execute(
                "CREATE TABLE org (org_id int PRIMARY KEY, name text NOT NULL)",
                "CREATE TABLE member (id int PRIMARY KEY, org_id int NOT NULL REFERENCES org, name text NOT NULL)",
                "INSERT INTO org VALUES (1, 'Blue')",
                "INSERT INTO member VALUES (7, 1, 'Ada')");
    }

    private void mapping(String yaml) throws IOException {
        Files.writeString(folder.resolve("members.yaml"), yaml);
    }

    private void awaitPosition(RedisServer on) {
        await().atMost(PATIENCE).until(() -> {
            shell.requireAlive();
            return Shell.hget(on, POSITION, "held-at") != null;
        });
    }

    private static String[] statements(String block) {
        return Stream.of(block.split(";"))
                .map(String::strip)
                .filter(sql -> !sql.isEmpty())
                .toArray(String[]::new);
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.properties().forEach(field -> names.add(field.getKey()));
        return names;
    }
}
