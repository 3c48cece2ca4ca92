// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.protocol.Tag;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithPostgres
@WithRedis
class ExplainCommandTest {
    private static final String MAPPING = """
            freshet: 1
            entities:
              org:
                table: org
                id: org_id
                keys:
                  - org:{org_id}
                  - key: profile:{member.id}
                    on: [name]
              member:
                table: member
                id: id
                references: { org: org_id }
                parent: org
                listed: [name]
                ignored: [last_seen]
                keys: [ "profile:{id}", "by-name:{org.region}:{name}" ]
                listing: [ "org:{org_id}:members" ]
              badge:
                table: badge
                id: [member, kind]
                isolate: owner
                references: { wearer: { entity: member, columns: member } }
                keys: [ "badge:{kind}:{wearer.org.region}", "all-badges" ]
                tags: true
            """;

    private static final String TAG = Tag.row("badge", List.of("7", "a,b")).name();

    private final TestDatabase database;
    private final RedisServer redis;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    ExplainCommandTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @BeforeEach
    void prepare() throws Exception {
        Files.writeString(folder.resolve("m.yaml"), MAPPING);
        database.execute(
                "CREATE TABLE org (org_id int PRIMARY KEY, name text NOT NULL, region text)",
                "CREATE TABLE member (id int PRIMARY KEY, org_id int, name text, last_seen timestamptz)",
                "CREATE TABLE badge (member int, kind text, owner text, label text, PRIMARY KEY (member, kind))",
                "INSERT INTO org VALUES (1, 'Blue', 'eu'), (2, 'Red', 'us'), (3, 'None', NULL)",
                "INSERT INTO member SELECT i, 1 + i % 2, 'm''' || i FROM generate_series(1, 30) i",
                "INSERT INTO badge VALUES (7, 'a,b', 'u1', 'x')");
    }

    @AfterEach
    void drop() {
        database.execute("DROP TABLE org, member, badge");
    }

    @Test
    void aKeyIsTracedToItsTemplateAndItsRows() {
        assertThat(explain("by-name:us:m'7", jdbc())).isZero();
        assertThat(out.toString())
                .contains("by-name:{org.region}:{name}    keys of member, " + folder.resolve("m.yaml") + ":17:")
                .contains("values   org.region = us, name = m'7")
                .contains("rows     member 7, org 2")
                .contains("goes at  member: insert, delete, update of any column but last_seen (own)")
                .contains("           org: insert, delete, update of region, org_id (related)")
                .contains("JOIN public.org t1 ON t1.org_id = t0.org_id")
                .contains("WHERE t1.region = 'us' AND t0.name = 'm''7'")
                .contains("cached   not known: Redis was not asked; give --redis-url")
                .contains("evicted  not known: no invalidator was asked; give --admin-url");
    }

    @Test
    void theStatementThatIsPrintedFindsTheRows() throws Exception {
        assertThat(explain("by-name:us:m'7", jdbc(), "--format=json")).isZero();
        String sql = json().path("templates").get(0).path("sql").asText();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("7");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void everyTemplateThatMakesTheKeyIsNamedAndManyRowsAreCut() throws Exception {
        assertThat(explain("profile:7", jdbc(), "--format=json")).isZero();
        assertThat(json().path("templates"))
                .extracting(node ->
                        node.path("template").asText() + " " + node.path("line").asInt())
                .containsExactly("profile:{member.id} 8", "profile:{id} 17");
        assertThat(json().path("templates")
                        .get(0)
                        .path("rows")
                        .get(0)
                        .get(0)
                        .path("id")
                        .path("org_id")
                        .asText())
                .isEqualTo("2");
        assertThat(json().path("templates")
                        .get(0)
                        .path("evictedBy")
                        .get(1)
                        .path("path")
                        .asText())
                .isEqualTo("member");

        clear();
        assertThat(explain("profile:7", jdbc())).isZero();
        assertThat(out.toString())
                .contains("goes at  org: insert, delete, update of name, org_id (own)\n")
                .contains("goes at  member: insert, delete, update of any column but last_seen (own)\n")
                .as("the row itself is told once")
                .doesNotContain("(related)");

        clear();
        assertThat(explain("org:1:members", jdbc(), "--most=3")).isZero();
        assertThat(out.toString())
                .contains("rows     member 2\n           member 4\n           member 6\n           and more");
    }

    @Test
    void aKeyThatNoTemplateMakesIsComparedWithTheNearest() throws Exception {
        assertThat(explain("org:1:member", jdbc())).isZero();
        assertThat(out.toString())
                .contains("no template of the mapping makes this key")
                .contains("nearest  org:{org_id}:members    listing of member")
                .contains("differs  after 12 characters: expected ':members', found ':member'");
        clear();
        assertThat(explain("org:settings", jdbc(), "--format=json")).isZero();
        assertThat(json().path("templates")).isEmpty();
        assertThat(json().path("nearest").path("template").asText()).isEqualTo("org:{org_id}");
        assertThat(json().path("nearest").path("expected").asText()).isEqualTo("{org_id} of type integer");
        clear();
        assertThat(explain("freshet:{u1}:badge:7:own")).isZero();
        assertThat(out.toString())
                .contains("is an entry of cache-client: view own of badge 7", "goes by  tag badge:7,");
        clear();
        assertThat(explain("freshet:~position")).isZero();
        assertThat(out.toString()).contains("is a key of Freshet's own");
    }

    @Test
    void aKeyOfAllRowsIsMadeByAnyOfThem() {
        assertThat(explain("all-badges", jdbc())).isZero();
        assertThat(out.toString())
                .contains("values   none: the same key for all rows")
                .contains("rows     badge 7,a\\,b")
                .contains("FROM public.badge t0\n           LIMIT 10");
    }

    @Test
    void aKeyThatNoRowMakesNowIsToldSo() {
        assertThat(explain("profile:999", jdbc())).isZero();
        assertThat(out.toString()).contains("rows     none makes it now");
    }

    @Test
    void withoutAServerTheMappingAloneAnswers() throws Exception {
        assertThat(explain("org:settings")).isZero();
        assertThat(out.toString())
                .contains("org:{org_id}")
                .contains("rows     not looked up: no database was asked; give --jdbc-url")
                .contains("Types of columns are not known: no database was asked");
        clear();
        assertThat(explain("org:1", jdbc(), "--redis-url=redis://127.0.0.1:1", "--offline", "--format=json"))
                .isZero();
        assertThat(json().path("templates").get(0).path("rows").path("unknown").asText())
                .contains("no database");
        assertThat(json().path("cached").path("unknown").asText()).contains("Redis was not asked");
    }

    @Test
    void whetherTheKeyIsCachedIsAskedWithoutReadingIt() throws Exception {
        try (var raw = new RawRedis(redis.uri())) {
            raw.redis.set("profile:7", "hunter2");
            raw.redis.sadd("org:1", "hunter2");
            raw.redis.expire("org:1", 100);
        }
        assertThat(explain("profile:7", "--redis-url=" + redis.uri())).isZero();
        assertThat(out.toString())
                .contains("cached   yes, string, without expiry")
                .doesNotContain("hunter2");
        clear();
        assertThat(explain("org:1", "--redis-url=" + redis.uri(), "--format=json"))
                .isZero();
        assertThat(json().path("cached").path("type").asText()).isEqualTo("set");
        assertThat(json().path("cached").path("ttlMillis").asLong()).isBetween(1L, 100_000L);
        clear();
        assertThat(explain("org:2", "--redis-url=" + redis.uri())).isZero();
        assertThat(out.toString()).contains("cached   no");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedAndTheRestIsExplained() {
        assertThat(explain("org:1", "--jdbc-url=jdbc:postgresql://127.0.0.1:1/none", "--admin-url=http://127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("the database did not answer: Connection to 127.0.0.1:1 refused")
                .contains("the invalidator did not answer: ");
        assertThat(out.toString())
                .contains("rows     not looked up: the database did not answer")
                .contains("evicted  not known: the invalidator did not answer");
    }

    /** To evict, a role may need fewer tables than to explain. */
    @Test
    void aRoleThatMayNotReadATableIsToldTheRight() {
        database.execute(
                "DO $$ BEGIN CREATE ROLE onlooker LOGIN PASSWORD 'o'; EXCEPTION WHEN duplicate_object THEN END $$",
                "ALTER ROLE onlooker PASSWORD 'o'");
        int code = explain(
                "by-name:eu:Ada", "--jdbc-url=" + database.as("onlooker", "o").jdbcUrlWithUser());
        assertThat(err.toString())
                .contains("permission denied for table", "GRANT SELECT ON public.member, public.org TO the role");
        assertThat(out.toString()).contains("by-name:{org.region}:{name}");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void aRowIsFollowedToItsKeysUpAndDown() {
        assertThat(explain("org", "2", jdbc(), "--most=2")).isZero();
        assertThat(out.toString())
                .contains("public.org 2    entity org", "exists   yes")
                .contains("""
                        profile:{member.id}    keys of org, %s:8:14
                          at       insert, delete, update of name, org_id (own)
                        """.formatted(folder.resolve("m.yaml")));
        assertThat(out.toString())
                .contains("  path     org 2\n             down to member by reference org (org_id = member.org_id)")
                .containsPattern("  keys     15: profile:\\d+, profile:\\d+ and 13 more")
                .contains("  keys     1: org:2")
                .contains("badge:{kind}:{wearer.org.region}")
                .contains("             down to member by reference org (org_id = member.org_id)\n"
                        + "               down to badge by reference wearer (id = badge.member)");
        clear();
        assertThat(explain("public.badge", "kind=a\\,b,member=7", jdbc())).isZero();
        assertThat(out.toString())
                .contains(
                        "  path     badge 7,a\\,b\n             up to member by reference wearer (member = member.id)\n"
                                + "               up to org by reference org (org_id = org.org_id)")
                .contains("  keys     1: badge:a,b:us")
                .contains("  at       insert, delete\n    evicts " + TAG + " of u1 (own)")
                .contains("  at       update of owner\n");
    }

    /** One key is made by the row's own template and by that of rows around it; the other is reached over a step that repeats. */
    @Test
    void aKeyIsListedOnceAndTheRowItselfIsNotRelatedToItself() throws Exception {
        Files.writeString(folder.resolve("m.yaml"), """
                freshet: 1
                entities:
                  member:
                    table: member
                    id: id
                    references: { org: org_id, boss: { entity: member, columns: org_id } }
                    keys: [ "org:{org.org_id}", "below:{member(boss)*.id}" ]
                  org:
                    table: org
                    id: org_id
                    keys: [ "org:{org_id}" ]
                """);
        database.execute(
                "DELETE FROM member",
                "INSERT INTO org VALUES (5, 'Five', 'eu')",
                "INSERT INTO member VALUES (5, NULL, 'top'), (7, 5, 'x'), (8, 5, 'y')");
        for (String[] row : new String[][] {{"org", "5", "org:5"}, {"member", "7", "below:7"}}) {
            clear();
            assertThat(explain(row[0], row[1], jdbc(), "--format=json")).isZero();
            var listed = new ArrayList<String>();
            json().path("templates")
                    .forEach(template -> template.path("keys")
                            .path("first")
                            .forEach(key -> listed.add(key.path("key").asText() + " "
                                    + key.path("reason").asText())));
            assertThat(listed).filteredOn(key -> key.startsWith(row[2])).containsExactly(row[2] + " own");
        }
        clear();
        assertThat(explain("org", "5", jdbc())).isZero();
        assertThat(out.toString())
                .contains("  keys     none here; 1 is listed at another template, which has the nearer reason\n")
                .contains("  keys     1: org:5\n");
    }

    @Test
    void aRowThatIsNotThereHasNoKeysYet() throws Exception {
        assertThat(explain("org", "99", jdbc(), "--format=json")).isZero();
        assertThat(json().path("exists").asBoolean(true)).isFalse();
        assertThat(json().path("templates").get(0).path("keys").path("unknown").asText())
                .isEqualTo("there is no such row now");
    }

    @Test
    void withoutADatabaseARowsOwnKeysAreStillNamed() throws Exception {
        assertThat(explain("org", "2", "--format=json")).isZero();
        JsonNode templates = json().path("templates");
        assertThat(templates
                        .get(0)
                        .path("keys")
                        .path("first")
                        .get(0)
                        .path("key")
                        .asText())
                .isEqualTo("org:2");
        assertThat(templates.get(1).path("keys").path("unknown").asText()).contains("no database was asked");
        assertThat(templates.get(1).path("pattern").asText()).isEqualTo("profile:*");
        assertThat(templates.get(1).path("evictedBy").get(0).path("updateOf"))
                .extracting(JsonNode::asText)
                .containsExactly("name", "org_id");
        assertThat(templates
                        .get(1)
                        .path("evictedBy")
                        .get(0)
                        .path("route")
                        .get(0)
                        .path("direction")
                        .asText())
                .isEqualTo("down");
    }

    @Test
    void aDatabaseThatCannotReadTheIdSaysSo() {
        assertThat(explain("org", "seven", jdbc())).isEqualTo(1);
        assertThat(err.toString()).contains("invalid input syntax for type integer");
        assertThat(out.toString()).contains("exists   not known: the database cannot look the row up");
    }

    @Test
    void theDatabaseFindsTheRowsOfFunctionsAndConditions() throws Exception {
        Files.writeString(folder.resolve("m.yaml"), """
                freshet: 1
                entities:
                  member:
                    table: member
                    id: id
                    references: { boss: { entity: member, columns: org_id } }
                    keys:
                      - "lower:{lower(name)}"
                      - "upper:{upper(name)}"
                      - "hash:{md5(left(name, 2))}"
                      - { key: "active:{org_id}", when: "last_seen is not null and not name in ('off', 'it''s')" }
                      - { key: "below:{member(boss)*.id}" }
                """);
        database.execute(
                "INSERT INTO member VALUES (100, 7, 'Zoë', now()), (101, 7, 'off', now()), (102, 7, 'it''s', now()),"
                        + " (103, 7, NULL, now()), (104, 7, 'x', NULL), (105, 100, 'y', NULL)");
        assertThat(explain("lower:zoë", jdbc())).isZero();
        assertThat(out.toString())
                .contains("rows     member 100\n           others may make it, too: databases and programs differ in");
        clear();
        assertThat(explain("upper:NOBODY", jdbc())).isZero();
        assertThat(out.toString()).contains("rows     none was found\n           others may make it, too: ");
        clear();
        assertThat(explain("hash:" + "0".repeat(32), jdbc())).isZero();
        assertThat(out.toString()).contains("rows     none makes it now");
        clear();
        // md5 of 'Zo'.
        assertThat(explain("hash:4f53f6e57a94f28e3a52765c15b8dc99", jdbc())).isZero();
        assertThat(out.toString()).contains("rows     member 100\n  goes at");
        clear();
        assertThat(explain("active:7", jdbc())).isZero();
        assertThat(out.toString()).contains("rows     member 100\n  goes at");
        clear();
        assertThat(explain("below:105", jdbc())).isZero();
        assertThat(out.toString()).contains("cannot be told from the key: step member(boss)* repeats");
        clear();
        assertThat(explain("member", "105", jdbc(), "--format=json")).isZero();
        JsonNode below = json().path("templates").get(4);
        assertThat(below.path("template").asText()).isEqualTo("below:{member(boss)*.id}");
        assertThat(below.path("keys").path("first").get(0).path("key").asText()).isEqualTo("below:105");
        clear();
        assertThat(explain("member", "104", jdbc())).isZero();
        assertThat(out.toString())
                .containsPattern(
                        "active:\\{org_id}.*\n  when .*\n(  at.*\n|  moves.*\n|  path.*\n)+  keys     none now");
    }

    @Test
    void nothingIsWritten() {
        database.execute(
                "CREATE FUNCTION sly() RETURNS text LANGUAGE sql AS $$ INSERT INTO org VALUES (9, 'x', 'y') RETURNING"
                        + " name $$",
                "ALTER TABLE member RENAME TO hidden",
                "CREATE VIEW member AS SELECT id, org_id, sly() AS name, last_seen FROM hidden");
        try {
            assertThat(explain("by-name:us:x", jdbc())).isEqualTo(1);
            assertThat(err.toString()).contains("read-only transaction");
        } finally {
            database.execute("DROP VIEW member", "DROP FUNCTION sly", "ALTER TABLE hidden RENAME TO member");
        }
    }

    @Test
    void mistakesAreNamed() throws Exception {
        assertThat(explain("orgs", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("table 'orgs' is not in").contains("did you mean 'public.org'?");
        clear();
        assertThat(explain("badge", "7")).isEqualTo(2);
        assertThat(err.toString())
                .contains("the id '7' is not one of public.badge; expected member,kind as value,value or as"
                        + " member=value,kind=value");
        clear();
        assertThat(explain("org:1", "--admin-url=nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("--admin-url is 'nonsense'; expected a URL");
        clear();
        assertThat(explain("org:1", "--most=0")).isEqualTo(2);
        assertThat(err.toString()).contains("--most is '0'; expected a number from 1");
        clear();
        Files.writeString(folder.resolve("m.yaml"), "freshet: 1\nentities: { a: { table: a } }\n");
        assertThat(explain("org:1")).isEqualTo(2);
        assertThat(err.toString()).contains("m.yaml:2").contains("has no 'id'");
    }

    private String jdbc() {
        return "--jdbc-url=" + database.jdbcUrlWithUser();
    }

    private void clear() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out.toString());
    }

    private int explain(String... arguments) {
        var all = new ArrayList<>(List.of("explain", "--mapping=" + folder.resolve("m.yaml")));
        all.addAll(List.of(arguments));
        return CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
