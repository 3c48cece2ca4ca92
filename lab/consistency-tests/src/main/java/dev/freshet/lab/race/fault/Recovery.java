// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fault;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.lab.race.redis.PositionWatch;
import dev.freshet.lab.race.world.WalPositions;
import java.sql.SQLException;
import java.time.Duration;

/** Waits until everything that is committed so far has been evicted. */
public final class Recovery {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final TestDatabase superuser;
    private final PositionWatch watch;

    public Recovery(TestDatabase superuser, PositionWatch watch) {
        this.superuser = superuser;
        this.watch = watch;
    }

    /** Returns how many nanoseconds the recovery took; -1 if it did not complete in time. */
    public long await() throws SQLException, InterruptedException {
        long start = System.nanoTime();
        try (var connection = superuser.connect();
                var statement = connection.createStatement()) {
            long target;
            try (var row = statement.executeQuery("select pg_current_wal_insert_lsn()::text")) {
                row.next();
                target = WalPositions.parse(row.getString(1));
            }
            // The published position is the position of a commit, so one more commit is made after all others.
            statement.execute("insert into freshet.global_context (user_id) values ('bench-marker')"
                    + " on conflict (user_id) do update set description = '" + start + "'");
            while (Long.compareUnsigned(watch.position(), target) < 0) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    return -1;
                }
                Thread.sleep(5);
            }
        }
        return System.nanoTime() - start;
    }
}
