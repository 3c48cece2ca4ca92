// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.postgres.slot.Slots;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@WithPostgres
@WithRedis
class SlotAtWorkTest {
    private static final int LOOKS = 200;

    private final TestDatabase database;
    private final RedisServer redis;

    SlotAtWorkTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @Test
    void aServerThatDecodesWhatIsNotPublishedIsSeenAtWorkAndAnIdleOneIsNot() throws SQLException {
        try (var run = new RunFixture(database, redis, "at_work").startAndStream();
                Connection connection = database.connect()) {
            await().atMost(RunFixture.PATIENCE).until(() -> !working(connection));
            run.execute("CREATE TABLE unpublished (id int)");
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(RunFixture.PATIENCE)
                    .until(() -> {
                        run.execute("INSERT INTO unpublished SELECT generate_series(1, 100000)");
                        boolean seen = false;
                        for (int i = 0; i < LOOKS && !seen; i++) {
                            seen = working(connection);
                        }
                        return seen;
                    });
        }
    }

    private static boolean working(Connection connection) throws SQLException {
        return Slots.read(connection, "at_work").orElseThrow().working();
    }
}
