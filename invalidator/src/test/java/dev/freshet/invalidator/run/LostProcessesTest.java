// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A change that every process dies of is given up as one is that cannot be read; a restart is not taken for that. */
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
            assertThat(skipped.why()).contains("3 processes in a row ended", "out of memory");
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
                    .hasMessageContaining("3 processes in a row");
            run.startAndStream();
            run.awaitPublished();
            assertThat(run.redis().exists(run.key(7))).isEqualTo(1);
        }
    }

    /** Neither restarts nor processes that are killed while they get somewhere. */
    @Test
    void restartsAreNoLosses() {
        try (var run = new RunFixture(database, redis, "lost_none").startAndStream()) {
            String epoch = run.position("epoch");
            run.cache(7);
            for (int i = 0; i < 5; i++) {
                run.supervisor().close();
                run.startAndStream();
                run.awaitPublished();
                run.redis().hset(position("lost_none"), Map.of("read-by", "another", "lost", "2"));
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

    /** What they leave that began to read where everything is evicted by now, and died. */
    private static void loseProcesses(RunFixture run, String slot, int count) {
        run.redis()
                .hset(
                        position(slot),
                        Map.of("read-by", "another", "read-from", run.position("lsn"), "lost", "" + (count - 1)));
    }

    private static String position(String slot) {
        return slot.replace('_', '-') + ":~position";
    }
}
