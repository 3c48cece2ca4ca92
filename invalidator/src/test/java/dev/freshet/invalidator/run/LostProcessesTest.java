// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A change that kills every process is given up like one that cannot be read. A restart does not count as such a death.
 */
@WithPostgres
@WithRedis
class LostProcessesTest {
    private final TestDatabase database;
    private final RedisServer redis;

    LostProcessesTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @Test
    void theThirdThatIsLostAtOnePlaceIsTheLast() {
        try (var run = new RunFixture(database, redis, "lost_thrice").startAndStream()) {
            run.supervisor().close();
            run.cache(7);
            loseProcesses(run, "lost_thrice", 3);
            run.startAndStream();
            assertThat(run.redis().exists(run.key(7))).isZero();
            assertThat(run.count("unreadable")).isEqualTo(1);
            var skipped = run.supervisor().unreadable().last().orElseThrow();
            assertThat(skipped.why()).contains("3 processes vanished", "out of memory");
            run.cache(1);
            run.execute("INSERT INTO lost_thrice VALUES (1, 'x')");
            run.awaitGone(1);
        }
    }

    @Test
    void twoAreNotEnough() {
        try (var run = new RunFixture(database, redis, "lost_twice").startAndStream()) {
            run.supervisor().close();
            run.cache(7);
            loseProcesses(run, "lost_twice", 2);
            run.startAndStream();
            run.awaitPublished();
            assertThat(run.redis().exists(run.key(7))).isEqualTo(1);
            assertThat(run.count("unreadable")).isZero();
        }
    }

    @Test
    void whoeverWantsToBeCalledIsCalledAndTheNextStartTriesAgain() {
        try (var run = new RunFixture(database, redis, "lost_stop")
                .with(OnUnreadable.STOP)
                .startAndStream()) {
            run.supervisor().close();
            run.cache(7);
            loseProcesses(run, "lost_stop", 3);
            run.start();
            assertThatThrownBy(() -> run.supervisor().ended().join())
                    .hasCauseInstanceOf(UnreadableException.class)
                    .hasMessageContaining("3 processes vanished");
            run.startAndStream();
            run.awaitPublished();
            assertThat(run.redis().exists(run.key(7))).isEqualTo(1);
        }
    }

    @Test
    void whoeverWasCalledAndGoesOnBehindItDoesSoAtOnce() {
        try (var run = new RunFixture(database, redis, "lost_after")
                .with(OnUnreadable.STOP)
                .startAndStream()) {
            run.supervisor().close();
            run.cache(7);
            loseProcesses(run, "lost_after", 3);
            run.start();
            assertThatThrownBy(() -> run.supervisor().ended().join()).hasCauseInstanceOf(UnreadableException.class);
            run.with(OnUnreadable.PURGE).startAndStream();
            assertThat(run.redis().exists(run.key(7))).isZero();
            assertThat(run.count("unreadable")).isEqualTo(1);
        }
    }

    /** It may have been read long before this instance takes over again. */
    @Test
    void whatAnotherInstanceHasReadIsNotGivenUp() {
        try (var run = new RunFixture(database, redis, "lost_read").startAndStream()) {
            run.cache(7);
            var earlier = new Lsn(Lsn.parse(run.position("lsn")).value() - 1);
            run.supervisor().unreadable().failed(UnreadableException.killing(earlier, 3));
            double restarts = run.count("restarts");
            run.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_replication");
            await().atMost(PATIENCE).until(() -> run.count("restarts") > restarts);
            run.awaitState(State.STREAMING);
            run.awaitPublished();
            assertThat(run.redis().exists(run.key(7))).isEqualTo(1);
            assertThat(run.count("unreadable")).isZero();
            assertThat(run.supervisor().unreadable().due()).isEmpty();
        }
    }

    /** Then the change is hardly the cause. */
    @Test
    void whereNobodyGetsAnywhereAfterThatTwiceAsManyAreWanted() {
        try (var run = new RunFixture(database, redis, "lost_more").startAndStream()) {
            run.supervisor().close();
            loseProcesses(run, "lost_more", 3);
            run.startAndStream();
            assertThat(run.count("unreadable")).isEqualTo(1);
            assertThat(run.position("enough")).isEqualTo("6");
            run.awaitPublished();
            run.supervisor().close();
            run.startAndStream();
            assertThat(run.position("enough")).isEqualTo("3");
        }
    }

    /** The instances fail in turn, as the commits never become visible. */
    @Test
    void instancesThatFailInTurnAreNoLosses() throws Exception {
        database.execute("CREATE TABLE lost_turns (id int PRIMARY KEY, name text)");
        String mapping = """
                freshet: 1
                namespace: lost-turns
                entities:
                  item: { table: public.lost_turns, id: id, keys: [ "lost-turns:item:{id}" ] }
                """;
        try (var raw = new RawRedis(redis.uri());
                var first = instance(mapping).streams();
                var second = instance(mapping).reaches(State.STANDBY)) {
            raw.redis.set("lost-turns:item:7", "cached");
            var readers = new HashSet<String>();
            String epoch = raw.redis.hget("lost-turns:~position", "epoch");
            try (var hidden = new HiddenCommit(database, "INSERT INTO lost_turns VALUES (1, 'x')")) {
                String[] last = {null};
                int[] turns = {0};
                boolean[] takenBack = {false};
                await().atMost(PATIENCE).until(() -> {
                    String reader = raw.redis.hget("lost-turns:~position", "read-by");
                    if (reader != null && !reader.equals(last[0])) {
                        last[0] = reader;
                        readers.add(reader);
                        turns[0]++;
                    }
                    takenBack[0] |= reader == null;
                    return turns[0] > 5 && readers.size() > 1 && takenBack[0];
                });
                assertThat(hidden.isHidden()).isTrue();
            }
            await().atMost(PATIENCE).until(() -> first.isStreaming() || second.isStreaming());
            assertThat(raw.redis.hget("lost-turns:~position", "epoch"))
                    .as("no purge")
                    .isEqualTo(epoch);
            assertThat(raw.redis.exists("lost-turns:item:7")).isEqualTo(1);
        }
    }

    private Instance instance(String mapping) {
        return new Instance(
                database,
                redis.uri(),
                "lost_turns",
                mapping,
                new RunTimings(Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofSeconds(10)));
    }

    /** Neither do restarts count, nor processes that are killed while they make progress. */
    @Test
    void restartsAreNoLosses() {
        try (var run = new RunFixture(database, redis, "lost_none").startAndStream()) {
            String epoch = run.position("epoch");
            run.cache(7);
            for (int i = 0; i < 5; i++) {
                run.supervisor().close();
                run.startAndStream();
                run.awaitPublished();
                run.redis().hset(position("lost_none"), Map.of("read-by", "another", "lost", "x y"));
            }
            assertThat(run.redis().exists(run.key(7))).isEqualTo(1);
            assertThat(run.position("epoch")).as("no purge").isEqualTo(epoch);
        }
    }

    @Test
    void whoEndsAsToldTakesItsNoteBack() {
        try (var run = new RunFixture(database, redis, "lost_ended").startAndStream()) {
            assertThat(run.position("read-by")).isNotNull();
            run.supervisor().close();
            assertThat(run.position("read-by")).isNull();
        }
    }

    /** Writes what processes leave in Redis that started to read at the published position and died. */
    private static void loseProcesses(RunFixture run, String slot, int count) {
        run.redis()
                .hset(
                        position(slot),
                        Map.of(
                                "read-by",
                                "another",
                                "read-from",
                                run.position("epoch") + ":" + run.position("lsn"),
                                "lost",
                                "x y z".substring(0, 2 * count - 2).strip()));
    }

    private static String position(String slot) {
        return slot.replace('_', '-') + ":~position";
    }
}
