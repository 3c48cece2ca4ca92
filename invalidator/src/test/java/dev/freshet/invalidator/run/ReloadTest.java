// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.source.SourceException;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.admin.AdminServer;
import dev.freshet.invalidator.cli.servers.EvictionRehearsal;
import dev.freshet.invalidator.reload.DatabaseNeeds;
import dev.freshet.invalidator.reload.Reload;
import dev.freshet.invalidator.reload.ReloadOutcome;
import dev.freshet.invalidator.reload.ReloadOutcome.Kind;
import dev.freshet.invalidator.reload.ReloadPage;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.EvictorSettings;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mapping that is reloaded while the invalidator runs. */
@WithPostgres
@WithRedis
class ReloadTest extends OnCleanRedis {
    private static final String MAPPING = """
            freshet: 1
            namespace: reload
            entities:
              shop: { table: reload_shop, id: id, tags: true, ignored: [note], keys: [ "shop:{id}" ] }
            """;
    private static final String WITH_ITEMS = MAPPING + """
              item: { table: reload_item, id: id, keys: [ "item:{id}" ] }
            """;
    private static final String POSITION = "reload:~position";

    private Instance instance;
    private Reload reload;
    private String file = MAPPING;

    ReloadTest(TestDatabase database, RedisServer redis) {
        super(database, redis);
    }

    @BeforeEach
    void start() {
        database.execute(
                "CREATE TABLE reload_shop (id int PRIMARY KEY, name text, note text)",
                "CREATE TABLE reload_item (id int PRIMARY KEY, shop int, name text)",
                "ALTER TABLE reload_shop REPLICA IDENTITY FULL",
                "INSERT INTO reload_shop VALUES (1, 'x', 'old')");
        instance = new Instance(database, redis.uri(), "reload", false, MAPPING).streams();
        reload = new Reload(
                () -> MappingParser.parse("test.yaml", new StringReader(file)),
                new DatabaseNeeds(instance.supervisor::settings),
                new EvictionRehearsal(mapping -> new EvictorSettings(redis.uri(), new CacheKeys(mapping.namespace()))),
                instance.supervisor,
                instance.registry);
        raw.redis.mset(Map.of("shop:1", "v", "shop:2", "v", "name:x", "v", "other:1", "v"));
        entry("shop:1");
        entry("area:1");
    }

    @AfterEach
    void stop() {
        instance.close();
        database.dropSlot("reload");
        database.execute("DROP PUBLICATION reload", "DROP TABLE reload_shop, reload_item");
    }

    /** PostgreSQL may hang, and whoever asks may ask again and again. */
    @Test
    void oneIsUnderWayAtATime() throws Exception {
        var reading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var busy = new Reload(
                () -> {
                    reading.countDown();
                    try {
                        assertThat(goOn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                                .isTrue();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return MappingParser.parse("test.yaml", new StringReader(MAPPING));
                },
                new DatabaseNeeds(instance.supervisor::settings),
                new EvictionRehearsal(mapping -> new EvictorSettings(redis.uri(), new CacheKeys(mapping.namespace()))),
                instance.supervisor,
                instance.registry);
        try (var server = AdminServer.start("127.0.0.1", 0, Map.of("/reload", new ReloadPage(busy)))) {
            var http = HttpClient.newHttpClient();
            var request = HttpRequest.newBuilder(URI.create(server.url() + "/reload"))
                    .timeout(PATIENCE)
                    .build();
            var first = http.sendAsync(request, BodyHandlers.ofString());
            assertThat(reading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            var second = http.send(request, BodyHandlers.ofString());
            assertThat(second.statusCode()).isEqualTo(409);
            assertThat(second.body()).contains("\"outcome\":\"busy\"", "another reload is under way");
            var signal = CompletableFuture.supplyAsync(() -> busy.run("SIGHUP"));
            goOn.countDown();
            assertThat(first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).statusCode())
                    .isEqualTo(200);
            assertThat(signal.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).kind())
                    .isEqualTo(Kind.UNCHANGED);
        } finally {
            goOn.countDown();
        }
    }

    /** What the former mapping ignored was never evicted, so it may be stale under the new mapping. */
    @Test
    void whatDiffersGoesAndNothingElseAndTheNextChangesAreEvictedByTheNewMapping() {
        String epoch = raw.redis.hget(POSITION, "epoch");
        database.execute("UPDATE reload_shop SET note = 'ignored'");
        awaitAcknowledged();
        ReloadOutcome outcome = reload(MAPPING.replace(", ignored: [note]", ""));

        assertThat(outcome.kind()).isEqualTo(Kind.ACCEPTED);
        assertThat(outcome.differences())
                .containsExactlyInAnyOrder(
                        "changed: tags shop:* (columns)", "changed: template shop:{id} of public.reload_shop (on)");
        assertThat(outcome.keys()).containsExactly("shop:*");
        assertThat(outcome.purges()).isFalse();
        awaitInForce();
        assertThat(raw.redis.exists("shop:1", "shop:2", tagged("shop:1")))
                .as("what differs")
                .isZero();
        assertThat(raw.redis.exists("name:x", "other:1", tagged("area:1")))
                .as("all others")
                .isEqualTo(3);
        assertThat(raw.redis.hget(POSITION, "epoch")).as("no purge").isEqualTo(epoch);

        raw.redis.set("shop:1", "v");
        database.execute("UPDATE reload_shop SET note = 'new'");
        await().atMost(PATIENCE).until(() -> raw.redis.exists("shop:1") == 0);
        assertThat(instance.registry
                        .get("freshet.invalidator.restarts")
                        .counter()
                        .count())
                .isZero();
        assertThat(instance.supervisor.recent().last(1).get(0).number())
                .as("the numbers of transactions go on")
                .isEqualTo(2);
    }

    /** What is not acknowledged before a reload comes again, with another number. */
    private void awaitAcknowledged() {
        String target = text("SELECT pg_current_wal_insert_lsn()");
        await().atMost(PATIENCE)
                .until(() -> text("SELECT confirmed_flush_lsn >= '" + target
                                + "' FROM pg_replication_slots WHERE slot_name = 'reload'")
                        .equals("t"));
    }

    private String text(String query) {
        try (var connection = database.connect();
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFileThatIsWrongLeavesTheOldOneInForce() {
        ReloadOutcome outcome = reload(MAPPING.replace("keys:", "kyes:"));

        assertThat(outcome.kind()).isEqualTo(Kind.REFUSED);
        assertThat(outcome.message())
                .startsWith("the mapping in force stays: the mapping file is wrong:\n")
                .contains("test.yaml:4", "kyes");
        stillEvicts();
    }

    @Test
    void anotherNamespaceIsRefused() {
        ReloadOutcome outcome = reload(MAPPING.replace("namespace: reload", "namespace: another"));

        assertThat(outcome.kind()).isEqualTo(Kind.REFUSED);
        assertThat(outcome.message()).contains("namespace 'another', expected 'reload'", "restart");
        stillEvicts();
    }

    @Test
    void aFileThatMeansTheSameChangesNothing() {
        assertThat(reload("# a comment\n" + MAPPING).kind()).isEqualTo(Kind.UNCHANGED);
        stillEvicts();
    }

    /** The invalidator does not change the database when it reloads, even if it could. */
    @Test
    void aTableThatIsNotPublishedIsToldWithItsStatementAndTheOldOneStays() {
        ReloadOutcome refused = reload(WITH_ITEMS);

        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        String statement = refused.message()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("ALTER PUBLICATION"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(refused.message()));
        stillEvicts();

        database.execute(statement);
        raw.redis.mset(Map.of("item:1", "v", "shop:1", "v"));
        ReloadOutcome accepted = reload(WITH_ITEMS);
        assertThat(accepted.kind()).isEqualTo(Kind.ACCEPTED);
        assertThat(accepted.purges()).isTrue();
        awaitInForce();
        assertThat(raw.redis.exists("item:1", "shop:1", tagged("area:1"))).isZero();
        raw.redis.set("item:1", "v");
        database.execute("INSERT INTO reload_item VALUES (1, 1, 'x')");
        await().atMost(PATIENCE).until(() -> raw.redis.exists("item:1") == 0);
    }

    @Test
    void aDatabaseThatDoesNotAnswerLeavesTheOldOneInForce() {
        var nowhere = new Reload(
                () -> MappingParser.parse("test.yaml", new StringReader(file)),
                new DatabaseNeeds(() -> {
                    throw new SourceException(new SQLException("no route", "08001"));
                }),
                mapping -> Optional.empty(),
                instance.supervisor,
                instance.registry);
        file = MAPPING.replace(", ignored: [note]", "");

        ReloadOutcome outcome = nowhere.run("a test");
        assertThat(outcome.kind()).isEqualTo(Kind.UNANSWERED);
        assertThat(outcome.message()).contains("PostgreSQL could not be asked", "no route");
        stillEvicts();
    }

    @Test
    void aRedisThatDoesNotAnswerLeavesTheOldOneInForce() {
        var nowhere = new Reload(
                () -> MappingParser.parse("test.yaml", new StringReader(file)),
                new DatabaseNeeds(instance.supervisor::settings),
                new EvictionRehearsal(
                        mapping -> new EvictorSettings("redis://127.0.0.1:1", new CacheKeys(mapping.namespace()))),
                instance.supervisor,
                instance.registry);
        file = MAPPING.replace(", ignored: [note]", "");

        ReloadOutcome outcome = nowhere.run("a test");
        assertThat(outcome.kind()).isEqualTo(Kind.UNANSWERED);
        assertThat(outcome.message()).contains("Redis could not be asked", "refused");
        stillEvicts();
    }

    /** The standby first; whoever gets the slot in between, both end with the new mapping. */
    @Test
    void twoInstancesAreReloadedOneAfterTheOther() {
        try (var second = new Instance(database, redis.uri(), "reload", false, MAPPING)) {
            await().atMost(PATIENCE).until(() -> second.supervisor.status().state() == State.STANDBY);
            var reloadSecond = new Reload(
                    () -> MappingParser.parse("test.yaml", new StringReader(file)),
                    new DatabaseNeeds(second.supervisor::settings),
                    new EvictionRehearsal(
                            mapping -> new EvictorSettings(redis.uri(), new CacheKeys(mapping.namespace()))),
                    second.supervisor,
                    second.registry);
            file = MAPPING.replace(", ignored: [note]", "");
            assertThat(reloadSecond.run("a test").kind()).isEqualTo(Kind.ACCEPTED);
            await().atMost(PATIENCE).until(() -> second.supervisor.settings().mapping() == second.supervisor.mapping());

            assertThat(reload.run("a test").kind()).isEqualTo(Kind.ACCEPTED);
            await().atMost(PATIENCE).until(() -> hash().equals(raw.redis.hget(POSITION, "mapping")));
            await().atMost(PATIENCE).until(() -> isAtWork(instance) != isAtWork(second));
            assertThat(raw.redis.exists("shop:1")).isZero();
            assertThat(instance.supervisor.ended()).isNotDone();
            assertThat(second.supervisor.ended()).isNotDone();
        }
    }

    private static boolean isAtWork(Instance one) {
        return one.supervisor.status().state() == State.STREAMING;
    }

    private ReloadOutcome reload(String next) {
        file = next;
        return reload.run("a test");
    }

    private String hash() {
        return Meaning.of(MappingParser.parse("test.yaml", new StringReader(file)))
                .hash();
    }

    /** The position names the new mapping only once everything that differs is evicted. */
    private void awaitInForce() {
        await().atMost(PATIENCE).until(() -> hash().equals(raw.redis.hget(POSITION, "mapping")));
        instance.streams();
    }

    /** By the mapping of the beginning, and without another session. */
    private void stillEvicts() {
        assertThat(instance.supervisor.status().state()).isEqualTo(State.STREAMING);
        database.execute("UPDATE reload_shop SET name = name || '!'");
        await().atMost(PATIENCE).until(() -> raw.redis.exists("shop:1") == 0);
        assertThat(raw.redis.exists("shop:2", "other:1", tagged("area:1"))).isEqualTo(3);
        assertThat(raw.redis.hget(POSITION, "mapping"))
                .isEqualTo(Meaning.of(MappingParser.parse("test.yaml", new StringReader(MAPPING)))
                        .hash());
    }

    /** Stores an entry as a reader with tags does. */
    private void entry(String tag) {
        raw.redis.set(tagged(tag), "v");
        raw.redis.sadd("reload:{~}:~tag:" + tag, tagged(tag));
    }

    private static String tagged(String tag) {
        return "reload:{~}:" + tag + ":own";
    }
}
