// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.model.meaning.Meaning;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start with a mapping that differs from the one used so far. */
@WithPostgres
@WithRedis
class ChangedMappingTest extends OnCleanRedis {
    private static final String MAPPING = """
            freshet: 1
            namespace: remap
            entities:
              shop: { table: remap_shop, id: id, tags: true, ignored: [note], keys: [ "shop:{id}" ] }
              item:
                table: remap_item
                id: id
                references: { shop: shop }
                keys: [ "item:{id}", { key: "price:{id}", on: [price] } ]
            """;
    private static final String POSITION = "remap:~position";

    ChangedMappingTest(TestDatabase database, RedisServer redis) {
        super(database, redis);
    }

    @BeforeEach
    void start() {
        database.execute(
                "CREATE TABLE remap_shop (id int PRIMARY KEY, name text, note text)",
                "CREATE TABLE remap_item (id int PRIMARY KEY, shop int, price int, name text)",
                "ALTER TABLE remap_shop REPLICA IDENTITY FULL",
                "ALTER TABLE remap_item REPLICA IDENTITY FULL",
                "INSERT INTO remap_shop VALUES (1, 'x', 'old')",
                "INSERT INTO remap_item VALUES (1, 1, 5, 'x')");
        run(MAPPING).close();
        raw.redis.mset(Map.of("shop:1", "v", "item:1", "v", "price:1", "v", "other:1", "v"));
        entry("shop:1");
        entry("area:1");
    }

    @AfterEach
    void stop() {
        database.dropSlot("remap");
        database.execute("DROP PUBLICATION remap", "DROP TABLE remap_shop, remap_item");
    }

    /** What the former mapping ignored was never evicted, so it may be stale under the new mapping. */
    @Test
    void whatTheFormerMappingIgnoredGoesAndNothingElse() throws SQLException {
        try (var former = run(MAPPING)) {
            database.execute("UPDATE remap_shop SET note = 'new'");
            published();
            assertThat(raw.redis.exists("shop:1", tagged("shop:1"))).isEqualTo(2);
            assertThat(former.supervisor.progress().remapping()).isNull();
        }
        String epoch = raw.redis.hget(POSITION, "epoch");
        try (var next = run(MAPPING.replace(", ignored: [note]", ""))) {
            assertThat(raw.redis.exists("shop:1")).as("the key").isZero();
            assertThat(raw.redis.exists(tagged("shop:1")))
                    .as("the entry under the tag")
                    .isZero();
            assertThat(raw.redis.exists("item:1", "price:1", "other:1", tagged("area:1")))
                    .as("all others")
                    .isEqualTo(4);
            assertThat(raw.redis.hget(POSITION, "epoch")).as("no purge").isEqualTo(epoch);
            assertThat(next.supervisor.progress().remapping().differences())
                    .containsExactlyInAnyOrder(
                            "changed: tags shop:* (columns)", "changed: template shop:{id} of public.remap_shop (on)");
            assertThat(next.count("evictions", "mapping-changed")).isEqualTo(2);
        }
    }

    @Test
    void keysOfANewTemplateGo() {
        run(MAPPING.replace("\"item:{id}\",", "\"item:{id}\", \"other:{id}\",")).close();
        assertThat(raw.redis.exists("other:1")).isZero();
        assertThat(raw.redis.exists("shop:1", "item:1", "price:1", tagged("shop:1")))
                .isEqualTo(4);
    }

    @Test
    void keysOfATemplateThatIsNoMoreGo() {
        run(MAPPING.replace("\"item:{id}\", ", "")).close();
        assertThat(raw.redis.exists("item:1")).isZero();
        assertThat(raw.redis.exists("shop:1", "price:1", "other:1", tagged("shop:1")))
                .isEqualTo(4);
    }

    /** They were loaded while nobody purged their tags. */
    @Test
    void entriesUnderTagsThatWereNotPurgedGo() {
        raw.redis.zadd("remap:{~}:~fences", 1, "~created");
        entry("item:1");
        run(MAPPING.replace("table: remap_item", "table: remap_item\n    tags: true"))
                .close();
        assertThat(raw.redis.exists(tagged("item:1"))).isZero();
        assertThat(raw.redis.exists("remap:{~}:~fences"))
                .as("so that no fill begun before is accepted")
                .isZero();
        assertThat(raw.redis.exists("shop:1", "item:1", "price:1", tagged("shop:1")))
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mapping", "mapping-text", "mapping-kept"})
    void aFormerMappingThatIsNotKnownMeansPurge(String field) {
        String other = MAPPING.replace(", ignored: [note]", "");
        if (field.equals("mapping-kept")) {
            // Of another version: the hash is right, and the form is not.
            String text = raw.redis.hget(POSITION, "mapping-text").replace("\"above\"", "\"below\"");
            raw.redis.hset(POSITION, "mapping-text", text);
            raw.redis.hset(POSITION, "mapping", Meaning.hash(text));
        } else {
            raw.redis.hset(POSITION, field, "something else");
        }
        try (var next = run(other)) {
            assertThat(raw.redis.exists("shop:1", "item:1", "price:1", tagged("shop:1")))
                    .isZero();
            assertThat(next.count("purges", "mapping-unknown")).isEqualTo(1);
        }
    }

    @Test
    void aFormerMappingThatWasUnderstoodInAnotherWayMeansPurge() {
        String text = raw.redis.hget(POSITION, "mapping-text").replace("\"rules\":" + Meaning.RULES, "\"rules\":0");
        raw.redis.hset(POSITION, "mapping-text", text);
        raw.redis.hset(POSITION, "mapping", Meaning.hash(text));
        try (var next = run(MAPPING)) {
            assertThat(raw.redis.exists("shop:1", "item:1", "price:1", tagged("shop:1")))
                    .isZero();
            assertThat(next.count("purges", "mapping-changed")).isEqualTo(1);
        }
    }

    /** A purge by only the new mapping would not reach them, and nothing would evict them later. */
    @Test
    void aPurgeReachesKeysThatTheFormerMappingAloneKnew() {
        raw.redis.hdel(POSITION, "lsn");
        try (var next = run(MAPPING.replace("\"item:{id}\", ", ""))) {
            assertThat(raw.redis.exists("shop:1", "item:1", "price:1", tagged("shop:1")))
                    .isZero();
            assertThat(raw.redis.exists("other:1")).isEqualTo(1);
            assertThat(next.count("purges", "no-position")).isEqualTo(1);
        }
    }

    private Instance run(String yaml) {
        return new Instance(database, redis.uri(), "remap", false, yaml).streams();
    }

    /** Stores an entry as a reader with tags does. */
    private void entry(String tag) {
        raw.redis.set(tagged(tag), "v");
        raw.redis.sadd("remap:{~}:~tag:" + tag, tagged(tag));
    }

    private static String tagged(String tag) {
        return "remap:{~}:" + tag + ":own";
    }

    private void published() throws SQLException {
        String target = text("SELECT pg_current_wal_insert_lsn()");
        await().atMost(PATIENCE)
                .until(() -> text("SELECT '" + raw.redis.hget(POSITION, "lsn") + "'::pg_lsn >= '" + target
                                + "'::pg_lsn")
                        .equals("t"));
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
