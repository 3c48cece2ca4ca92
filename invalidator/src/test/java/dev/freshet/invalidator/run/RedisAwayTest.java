// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.invalidator.run.status.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@WithPostgres
class RedisAwayTest {
    private final TestDatabase database;

    RedisAwayTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void nothingIsAcknowledgedWhileRedisIsAwayAndAllIsEvictedWhenItIsBack() {
        try (var redis = RedisServer.start(RedisOptions.defaults().withPersistence());
                var run = new RunFixture(database, redis, "run_away").startAndStream()) {
            run.cache(1, 2, 3);
            redis.stop();
            long before = run.query("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
            run.execute("INSERT INTO run_away VALUES (1, 'x')", "INSERT INTO run_away VALUES (2, 'x')");
            run.awaitState(State.WAITING_FOR_REDIS);
            await().during(Duration.ofSeconds(1)).atMost(RunFixture.PATIENCE).until(() -> run.confirmed() <= before);

            redis.resume();

            run.awaitGone(1);
            run.awaitGone(2);
            run.awaitState(State.STREAMING);
            assertThat(run.redis().exists(run.key(3))).isEqualTo(1);
            await().atMost(RunFixture.PATIENCE).until(() -> run.confirmed() > before);
        }
    }
}
