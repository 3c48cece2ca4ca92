// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
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
