// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.WalPosition;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels over HTTP. No invalidator runs: what is cached stays as it was, and the position is written by hand. */
class ConsistencyRoutesTest extends OnSample {
    private static final String PATH = "/v1/tasks/111";

    private String written;

    @BeforeEach
    void cacheAndThenWrite() throws Exception {
        assertThat(reader.get("u1", PATH).cache()).isEqualTo("miss");
        database.execute("update freshet.task_context set name = 'new' where id = 111");
        written = position();
    }

    @Test
    void eventualIsTheCacheAsItStands() {
        for (var headers : new String[][] {{}, {"Freshet-Consistency", "eventual"}}) {
            var answer = reader.get("u1", PATH, headers);
            assertThat(answer.cache()).isEqualTo("hit");
            assertThat(name(answer)).isEqualTo("t111");
        }
        assertThat(reader.get("u1", PATH + "?consistency=eventual").cache()).isEqualTo("hit");
    }

    @Test
    void aSessionReadsItsOwnWrite() {
        redis.publish("lsn", "0/1");
        var answer = reader.get("u1", PATH, "Freshet-Position", written);
        assertThat(answer.cache()).isEqualTo("behind");
        assertThat(name(answer)).isEqualTo("new");
        assertThat(at(answer)).isGreaterThanOrEqualTo(WalPosition.of(written));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"session; position=P| ", "session;position=P| ", "session| P", "session ; position=P | "})
    void aSessionIsServedFromTheCacheOnceItsPositionIsPassed(String level, String position) {
        redis.publish("lsn", written);
        var headers = position == null
                ? new String[] {"Freshet-Consistency", level.replace("P", written)}
                : new String[] {"Freshet-Consistency", level, "Freshet-Position", written};
        assertThat(reader.get("u1", PATH, headers).cache()).isEqualTo("hit");
        redis.publish("lsn", "0/1");
        assertThat(reader.get("u1", PATH, headers).cache()).isEqualTo("behind");
    }

    @Test
    void aBoundIsKeptByTheTimeUntilWhichThePositionHeld() {
        redis.publish("held-at", "" + (redis.micros() - 10_000_000));
        assertThat(reader.get("u1", PATH, "Freshet-Consistency", "bounded; max-age=5m")
                        .cache())
                .isEqualTo("hit");
        var late = reader.get("u1", PATH, "Freshet-Consistency", "bounded; max-age=9s");
        assertThat(late.cache()).isEqualTo("behind");
        assertThat(name(late)).isEqualTo("new");
    }

    @Test
    void strongIsTheDatabase() throws Exception {
        redis.publish("lsn", position());
        var answer = reader.get("u1", PATH, "Freshet-Consistency", "strong");
        assertThat(answer.cache()).isEqualTo("bypass");
        assertThat(name(answer)).isEqualTo("new");
        assertThat(reader.get("u1", PATH).cache()).isEqualTo("hit");
    }

    @Test
    void theParameterSaysTheSameAsTheHeader() {
        var query = "?consistency=" + URLEncoder.encode("session; position=" + written, StandardCharsets.UTF_8);
        assertThat(reader.get("u1", PATH + query).cache()).isEqualTo("behind");
        assertThat(reader.get("u1", "/v1/projects?limit=5&consistency=strong").cache())
                .isEqualTo("bypass");
    }

    @Test
    void theAnswerTellsThePositionOfItsValueAlsoFromTheCacheAndOfNothing() throws Exception {
        redis.flush();
        redis.promise(database);
        var before = WalPosition.of(position());
        for (var path : new String[] {PATH, PATH + "/resolved", "/v1/branches/11/tasks", "/v1/tasks/404"}) {
            var miss = reader.get("u1", path);
            var hit = reader.get("u1", path);
            assertThat(miss.cache()).isEqualTo("miss");
            assertThat(hit.cache()).isEqualTo("hit");
            assertThat(at(miss)).isBetween(before, WalPosition.of(position())).isEqualTo(at(hit));
        }
        var etag = reader.get("u1", PATH).header("ETag");
        assertThat(at(reader.get("u1", PATH, "If-None-Match", etag))).isGreaterThanOrEqualTo(before);
    }

    @Test
    void anEntryNamesTheSnapshotOfItsLoad() {
        assertThat(redis.entry("u1", "task:111:own"))
                .matches(
                        "\\{\"tags\":\\[\"task:111\"],\"at\":\"[0-9A-F]+/[0-9A-F]+\",\"snapshot\":\"\\d+:\\d+:[\\d,]*\","
                                + "\"value\":\\{.*}}");
    }

    /** The reason is told: it cannot be had. */
    @ParameterizedTest
    @ValueSource(strings = {"1ms", "99ms"})
    void aBoundThatNobodyCanProveIsRefused(String age) {
        var answer = reader.get("u1", PATH, "Freshet-Consistency", "bounded; max-age=" + age);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/reason").asText()).contains(age, "prove", "expected 100ms or more");
        assertThat(reader.get("u1", PATH, "Freshet-Consistency", "bounded; max-age=100ms")
                        .status())
                .isEqualTo(200);
    }

    /** In the answer, in the log, in a metric and in the readiness. */
    @Test
    void aNamespaceWithoutAnInvalidatorIsToldOfAndNothingIsCached() {
        redis.flush();
        for (int i = 0; i < 2; i++) {
            assertThat(reader.get("u1", PATH).cache()).isEqualTo("no-invalidator");
        }
        assertThat(redis.keys()).isEmpty();
        assertThat(reader.open("/readyz?verbose")
                        .json()
                        .at("/checks/invalidator")
                        .asText())
                .contains("no invalidator publishes in namespace ctx");
        assertThat(reader.open("/metrics").body()).contains("status=\"no-invalidator\"");
        redis.promise(database);
        assertThat(reader.get("u1", PATH).cache()).isEqualTo("miss");
        assertThat(reader.get("u1", PATH).cache()).isEqualTo("hit");
        // What readiness found is kept for a moment.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> reader.open("/readyz?verbose")
                        .json()
                        .at("/checks/invalidator")
                        .asText()
                        .equals("up"));
    }

    @Test
    void theInvalidatorOfAnotherDatabaseDoesNotCount() {
        redis.publish("lsn", "FFFFFFFF/0");
        redis.publish("database", "another");
        for (var level : new String[] {"eventual", "bounded; max-age=1h", "session; position=0/1"}) {
            assertThat(reader.get("u1", PATH, "Freshet-Consistency", level).cache())
                    .isEqualTo("no-invalidator");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "weak",
                "Strong",
                "eventual; max-age=1s",
                "strong; now",
                "eventual;",
                "bounded",
                "bounded; max-age",
                "bounded; max-age=",
                "bounded; max-age=0s",
                "bounded; max-age=25h",
                "bounded; max-age=-1s",
                "bounded; max-age=1",
                "bounded; max-age=1s; max-age=2s",
                "bounded; position=0/1",
                "session",
                "session; position=",
                "session; position=1",
                "session; position=0/123456789",
                "session; position=0/G",
                "session; max-age=1s",
                "session; position=0/1; position=0/2"
            })
    void whatIsNoLevelIsRefusedWithWhatWasExpected(String level) {
        for (var answer : new Running.Answer[] {
            reader.get("u1", PATH, "Freshet-Consistency", level),
            reader.get("u1", PATH + "?consistency=" + URLEncoder.encode(level, StandardCharsets.UTF_8))
        }) {
            assertThat(answer.status()).as(level).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.json().at("/errors/0/field").asText()).containsIgnoringCase("consistency");
            assertThat(answer.json().at("/errors/0/reason").asText()).contains("expected ");
        }
    }

    @Test
    void aPositionThatIsNoneOrOutOfPlaceIsRefused() {
        assertThat(badField("Freshet-Position", "x")).isEqualTo("Freshet-Position");
        assertThat(badField("Freshet-Position", "0/1", "Freshet-Consistency", "eventual"))
                .isEqualTo("Freshet-Position");
        assertThat(badField("Freshet-Position", "0/1", "Freshet-Consistency", "bounded; max-age=1s"))
                .isEqualTo("Freshet-Position");
        assertThat(badField("Freshet-Position", "0/1", "Freshet-Consistency", "session; position=0/2"))
                .isEqualTo("Freshet-Consistency");
        var both = reader.get("u1", PATH + "?consistency=strong", "Freshet-Consistency", "strong");
        assertThat(both.status()).isEqualTo(400);
        assertThat(reader.get("u1", PATH, "Freshet-Position", "0/1", "Freshet-Consistency", "strong")
                        .cache())
                .isEqualTo("bypass");
    }

    @Test
    void aPositionOfAnotherClusterIsRefused() {
        var own = reader.get("u1", PATH, "Freshet-Consistency", "strong").header("Freshet-Position");
        assertThat(own).matches("[0-9A-F]+/[0-9A-F]+@[0-9]+");
        assertThat(reader.get("u1", PATH, "Freshet-Position", own).status()).isEqualTo(200);
        assertThat(badField("Freshet-Position", "0/1@42")).isEqualTo("Freshet-Position");
        assertThat(badField("Freshet-Consistency", "session; position=0/1@42")).isEqualTo("Freshet-Position");
    }

    @Test
    void whatIsSaidTwiceIsRefused() {
        assertThat(badField("Freshet-Position", "0/5", "Freshet-Position", "0/9"))
                .isEqualTo("Freshet-Position");
        assertThat(badField("Freshet-Consistency", "eventual", "Freshet-Consistency", "strong"))
                .isEqualTo("Freshet-Consistency");
        var parameters = reader.get("u1", PATH + "?consistency=eventual&consistency=strong");
        assertThat(parameters.status()).isEqualTo(400);
        assertThat(parameters.json().at("/errors/0/reason").asText()).isEqualTo("is given 2 times; expected once");
    }

    private static String badField(String... headers) {
        var answer = reader.get("u1", PATH, headers);
        assertThat(answer.status()).isEqualTo(400);
        return answer.json().at("/errors/0/field").asText();
    }

    private static String name(Running.Answer answer) {
        return answer.json().path("name").asText();
    }

    private static WalPosition at(Running.Answer answer) {
        return WalPosition.of(WalPosition.of(answer.header("Freshet-Position")).lsn());
    }

    private static String position() throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_current_wal_lsn()")) {
            row.next();
            return row.getString(1);
        }
    }
}
