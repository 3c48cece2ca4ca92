// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.evict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.core.plan.TagCoverage;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.protocol.Contract;
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

/** {@code evict} and {@code purge}, on a real PostgreSQL and Redis. */
@WithPostgres
@WithRedis
class EvictCommandTest {
    private static final String MAPPING = """
            freshet: 1
            namespace: evicted
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
                keys: [ "profile:{id}" ]
                listing: [ "org:{org_id}:members" ]
              task:
                table: task
                id: id
                isolate: owner
                tags: true
              step:
                table: step
                id: id
                isolate: owner
                references: { task: task_id }
                parent: task
                listed: [name]
                tags: true
            """;

    private static final EntryKey<String> TASK =
            CacheView.json("task", "own").key("7").ownedBy("u1");
    private static final String TASK_KEY = "evicted:{u1}:task:7:own";

    private final TestDatabase database;
    private final RedisServer redis;
    private final StringWriter told = new StringWriter();
    private RawRedis raw;
    private FreshetCache cache;

    @TempDir
    Path folder;

    EvictCommandTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @BeforeEach
    void prepare() throws Exception {
        Path file = Files.writeString(folder.resolve("m.yaml"), MAPPING);
        database.execute(
                "CREATE TABLE org (org_id int PRIMARY KEY, name text NOT NULL)",
                "CREATE TABLE member (id int PRIMARY KEY, org_id int, name text)",
                "CREATE TABLE task (id int PRIMARY KEY, owner text NOT NULL, name text)",
                "CREATE TABLE step (id int PRIMARY KEY, task_id int, owner text NOT NULL, name text)",
                "INSERT INTO org VALUES (1, 'Blue'), (2, 'Red')",
                "INSERT INTO member SELECT i, 1 + i % 2, 'm' || i FROM generate_series(1, 6) i",
                "INSERT INTO task VALUES (7, 'u1', 'x'), (8, 'u2', 'y')");
        raw = new RawRedis(redis.uri());
        Mapping mapping = MappingParser.parse(file);
        raw.promise("evicted", new Contract("test", Meaning.of(mapping).hash(), TagCoverage.of(mapping)).fields());
        cache = FreshetCache.builder().redis(redis.uri()).namespace("evicted").build();
    }

    @AfterEach
    void drop() {
        raw.redis.del("org:1", "org:2", "org:settings", "org:1:members", "profile:1", "profile:2", "profile:4");
        raw.redis.keys("evicted:*").forEach(raw.redis::del);
        cache.close();
        raw.close();
        database.execute("DROP TABLE org, member, step, task");
    }

    @Test
    void aKeyGoesAndItsTemplateIsNamed() {
        set("org:1", "org:2");
        assertThat(run("evict", "org:1", "--yes")).as(told::toString).isZero();
        assertThat(raw.redis.exists("org:1")).isZero();
        assertThat(raw.redis.exists("org:2")).isEqualTo(1);
        assertThat(told.toString())
                .contains("key org:1    by org:{org_id}, keys of org, " + folder.resolve("m.yaml") + ":8:")
                .contains("1 key by name, 1 of them cached")
                .contains("evicted 0 entries and 1 key");
    }

    @Test
    void aKeyOfOthersIsRefusedAndTheNearestTemplateTold() {
        set("org:settings");
        assertThat(run("evict", "org:settings", "--yes", jdbc())).isEqualTo(2);
        assertThat(told.toString()).contains("makes key 'org:settings', the nearest is org:{org_id}");
        for (String own : List.of("evicted:~position", "evicted:{u1}:~fences", "evicted:{u1}:~tag:task:7")) {
            assertThat(run("evict", own, "--yes")).as(own).isEqualTo(2);
        }
        assertThat(raw.redis.exists("org:settings", "evicted:~position")).isEqualTo(2);
    }

    @Test
    void withoutAnAnswerNothingGoes() {
        set("org:1");
        assertThat(run("evict", "org:1")).isEqualTo(1);
        assertThat(told.toString())
                .contains("1 of them cached")
                .contains("Nothing was deleted")
                .contains("--yes");
        assertThat(raw.redis.exists("org:1")).isEqualTo(1);
    }

    @Test
    void aRowTakesAllThatItsChangesWouldTake() {
        set("org:1", "org:2", "profile:1", "profile:2", "profile:4", "org:1:members");
        assertThat(run("evict", "org", "1", "--yes", jdbc())).as(told::toString).isZero();
        // Members 2 and 4 are of org 1; the list of its members does not depend on the row of the org.
        assertThat(raw.redis.exists("org:1", "profile:2", "profile:4")).isZero();
        assertThat(raw.redis.exists("org:2", "profile:1", "org:1:members")).isEqualTo(3);
        assertThat(told.toString())
                .contains("3 evictions    by profile:{member.id}, keys of org, ")
                .contains("4 keys by name, 3 of them cached");

        assertThat(run("evict", "org", "1", "--yes")).isEqualTo(2);
        assertThat(told.toString()).contains("expected --jdbc-url URL");
    }

    @Test
    void anEntryGoesWithAFenceForLoadsThatBeganBefore() throws Exception {
        assertThat(read("old")).isEqualTo(CacheStatus.MISS);
        assertThat(read("old")).isEqualTo(CacheStatus.HIT);
        assertThat(run("evict", TASK_KEY, "--yes")).as(told::toString).isZero();
        assertThat(raw.redis.exists(TASK_KEY)).isZero();

        var status = cache.get(TASK, () -> {
            assertThat(run("evict", "--by-tag", "task:7", "--owner", "u1", "--yes"))
                    .isZero();
            return Loaded.of("\"old\"", List.of(Tag.row("task", List.of("7"))));
        });
        assertThat(status.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(raw.redis.exists(TASK_KEY)).isZero();
    }

    /** Its value carries the tag of the list, and not the row's own. */
    @Test
    void anEntryOfAListGoesWithAFenceAsWell() throws Exception {
        EntryKey<String> steps =
                CacheView.json("task", "steps").listOf("step").key("7").ownedBy("u1");
        var status = cache.get(steps, () -> {
            assertThat(run("evict", "evicted:{u1}:task:7:steps", "--yes"))
                    .as(told::toString)
                    .isZero();
            return Loaded.of("[]");
        });
        assertThat(status.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(raw.redis.exists("evicted:{u1}:task:7:steps")).isZero();
    }

    @Test
    void aTagOfEveryOwnerAndARowOfAnOwner() throws Exception {
        read("old");
        assertThat(run("evict", "--by-tag", "task:7", "--yes"))
                .as(told::toString)
                .isZero();
        assertThat(raw.redis.exists(TASK_KEY)).isZero();
        assertThat(told.toString()).contains("tag task:7 of every owner").contains("evicted 1 entry and 0 keys");

        read("old");
        assertThat(run("evict", "task", "7", "--yes", jdbc()))
                .as(told::toString)
                .isZero();
        assertThat(raw.redis.exists(TASK_KEY)).isZero();
    }

    @Test
    void aTagThatIsNoneIsRefused() {
        for (String tag : List.of("task", "tusk:7", "task:7/branch", "task:7,8", "org:1", "task:*")) {
            assertThat(run("evict", "--by-tag", tag, "--yes")).as(tag).isEqualTo(2);
        }
    }

    @Test
    void aPurgeOfAnEntitySparesWhatNoRowCanHaveMade() throws Exception {
        set("org:1", "org:settings", "profile:1", "org:1:members");
        read("old");
        assertThat(run("purge", "--entity", "org", "--yes", jdbc()))
                .as(told::toString)
                .isZero();
        assertThat(raw.redis.exists("org:1", "profile:1")).isZero();
        assertThat(raw.redis.exists("org:settings", TASK_KEY)).isEqualTo(2);
        assertThat(told.toString()).contains("1 key by pattern org:*; ").contains("that no row can have made");
    }

    @Test
    void aPurgeOfAllEmptiesTheNamespaceAndKeepsThePosition() throws Exception {
        set("org:1", "org:settings", "profile:1", "org:1:members");
        read("old");
        var status = cache.get(TASK, () -> {
            throw new AssertionError("it is cached");
        });
        assertThat(status.status()).isEqualTo(CacheStatus.HIT);
        var other = CacheView.json("task", "own").key("9").ownedBy("u1");
        var meanwhile = cache.get(other, () -> {
            assertThat(run("purge", "--all", "--yes", jdbc()))
                    .as(told::toString)
                    .isZero();
            return Loaded.of("\"old\"", List.of(Tag.row("task", List.of("9"))));
        });
        assertThat(meanwhile.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(raw.redis.keys("evicted:{*")).isEmpty();
        assertThat(raw.redis.exists("org:1", "profile:1", "org:1:members")).isZero();
        assertThat(raw.redis.exists("org:settings", "evicted:~position")).isEqualTo(2);
    }

    @Test
    void theNamespaceOfAnotherDatabaseIsLeftAlone() {
        set("org:1");
        raw.redis.hset("evicted:~position", Map.of("system", "1", "database", "another", "slot", "theirs"));
        assertThat(run("purge", "--all", "--yes", jdbc())).isEqualTo(2);
        assertThat(told.toString()).contains("belongs to slot theirs of database another");
        assertThat(raw.redis.exists("org:1")).isEqualTo(1);
    }

    @Test
    void aRedisThatIsAwayIsTold() {
        assertThat(run("evict", "org:1", "--yes", "--redis-url=redis://127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(told.toString()).contains("could not ask Redis: Redis at redis://");
    }

    private CacheStatus read(String value) throws InterruptedException {
        return cache.get(TASK, () -> Loaded.of("\"" + value + "\"", List.of(Tag.row("task", List.of("7")))))
                .status();
    }

    private void set(String... keys) {
        for (String key : keys) {
            raw.redis.set(key, "x");
        }
    }

    private String jdbc() {
        return "--jdbc-url=" + database.jdbcUrlWithUser();
    }

    private int run(String... arguments) {
        told.getBuffer().setLength(0);
        var all = new ArrayList<>(List.of(arguments));
        all.add("--mapping=" + folder.resolve("m.yaml"));
        if (all.stream().noneMatch(argument -> argument.startsWith("--redis-url"))) {
            all.add("--redis-url=" + redis.uri());
        }
        var out = new PrintWriter(told, true);
        int code = CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()))
                .setOut(out)
                .setErr(out)
                .execute(all.toArray(String[]::new));
        assertThat(told.toString()).doesNotContain("\tat ");
        return code;
    }
}
