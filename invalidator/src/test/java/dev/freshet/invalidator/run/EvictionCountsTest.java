// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.run.status.RecentTransaction;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the list of transactions says of keys in the cache, and what the meters say, is the same. */
@WithPostgres
@WithRedis
class EvictionCountsTest {
    private final RunFixture run;

    EvictionCountsTest(TestDatabase database, RedisServer redis) {
        for (String table : List.of("counts_shelf", "counts_book")) {
            database.execute("DROP TABLE IF EXISTS " + table);
        }
        database.execute(
                "CREATE TABLE counts_shelf (id int PRIMARY KEY, name text)",
                "CREATE TABLE counts_book (id int PRIMARY KEY, shelf_id int)",
                "ALTER TABLE counts_book REPLICA IDENTITY FULL",
                "INSERT INTO counts_shelf VALUES (1, 'a'), (2, 'b')",
                "INSERT INTO counts_book SELECT i, 1 FROM generate_series(1, 300) i");
        run = new RunFixture(database, redis.uri(), "counts", database.jdbcUrl(), Duration.ofSeconds(10), """
                  shelf:
                    table: public.counts_shelf
                    id: id
                    keys: [ "counts:book:{book.id}" ]
                  book:
                    table: public.counts_book
                    id: id
                    references: { shelf: shelf_id }
                    keys: [ "counts:book:{id}" ]
                """);
    }

    @AfterEach
    void close() {
        run.close();
    }

    /** A moved book is stale by itself, for the shelf that it left, and for the one that it came to. */
    @Test
    void aKeyThatGoesForThreeReasonsIsOneKey() {
        run.startAndStream();
        run.redis().set("counts:book:1", "cached");
        run.execute("UPDATE counts_book SET shelf_id = 2 WHERE id IN (1, 2)");
        awaitTransactions(1);
        RecentTransaction moved = run.supervisor().recent().last(1).get(0);
        assertThat(moved.evictionCount()).isGreaterThan(2);
        assertThat(moved.keysRemoved()).isEqualTo(1);
        assertThat(moved.keysAbsent()).as("book 2 was not cached").isEqualTo(1);
        assertThat(meter("freshet.evict.keys")).isEqualTo(1);
        assertThat(meter("freshet.evict.keys.absent")).isEqualTo(1);
    }

    /** Many transactions in one batch, more than a report tells one by one, and some of them name the same key. */
    @Test
    void theSumOfTheListIsTheSumOfTheMeters() {
        run.startAndStream();
        run.supervisor().close();
        run.awaitSlotFree();
        long keys = meter("freshet.evict.keys");
        long absent = meter("freshet.evict.keys.absent");
        IntStream.rangeClosed(1, 300)
                .filter(id -> id % 3 == 0)
                .forEach(id -> run.redis().set("counts:book:" + id, "cached"));
        run.execute(IntStream.rangeClosed(1, 330)
                .mapToObj(i -> "UPDATE counts_book SET shelf_id = 2 WHERE id IN (" + i + ", " + (i % 300 + 1) + ")")
                .toArray(String[]::new));
        run.startAndStream();
        awaitTransactions(300);
        run.awaitPublished();
        assertThat(sum(RecentTransaction::keysRemoved)).isEqualTo(100).isEqualTo(meter("freshet.evict.keys") - keys);
        assertThat(sum(RecentTransaction::keysAbsent))
                .isGreaterThanOrEqualTo(200)
                .isEqualTo(meter("freshet.evict.keys.absent") - absent);
    }

    private void awaitTransactions(int atLeast) {
        await().atMost(RunFixture.PATIENCE)
                .until(() -> run.supervisor().recent().last(1_000).size() >= atLeast);
    }

    private long sum(ToLongFunction<RecentTransaction> of) {
        return run.supervisor().recent().last(1_000).stream().mapToLong(of).sum();
    }

    private long meter(String name) {
        return (long) run.registry.get(name).counter().count();
    }
}
