// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import static dev.freshet.core.stream.Operation.CREATE;
import static dev.freshet.core.stream.Operation.DELETE;
import static dev.freshet.core.stream.Operation.TRUNCATE;
import static dev.freshet.core.stream.Operation.UPDATE;
import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.debezium.transaction.CaptureException;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.mapping.TableName;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@WithPostgres
@ParameterizedClass
@EnumSource(StreamMode.class)
class CaptureTest {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final StreamMode mode;
    private final TestDatabase database;
    private String table;

    CaptureTest(StreamMode mode, TestDatabase database) {
        this.mode = mode;
        this.database = database;
    }

    @BeforeEach
    void createTable() {
        table = "item_" + COUNTER.incrementAndGet();
        database.execute("CREATE TABLE " + table
                + " (id int PRIMARY KEY, parent int, name text NOT NULL DEFAULT 'x', note text DEFAULT 'a note')");
    }

    @Test
    void everyOperationOfATransactionArrivesInOrder() throws Exception {
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.open();
            Instant before = Instant.now().minusSeconds(5);
            stream.transaction(
                    "INSERT INTO " + table + " VALUES (1, 10, 'one', NULL), (2, 10, 'two', 'n')",
                    "UPDATE " + table + " SET name = 'uno' WHERE id = 1",
                    "DELETE FROM " + table + " WHERE id = 2");

            List<RowChange> changes = stream.afterTransactions(1);

            assertThat(changes).extracting(RowChange::operation).containsExactly(CREATE, CREATE, UPDATE, DELETE);
            assertThat(changes).extracting(RowChange::table).containsOnly(new TableName("public", table));
            assertThat(changes.get(0).before()).isNull();
            assertThat(changes.get(0).after()).isEqualTo(row("id", "1", "parent", "10", "name", "one", "note", null));
            assertThat(changes.get(2).before()).isNull();
            assertThat(changes.get(2).after().get("name")).isEqualTo("uno");
            assertThat(changes.get(3).before()).isEqualTo(row("id", "2"));
            assertThat(changes.get(3).after()).isNull();
            assertThat(changes)
                    .extracting(c -> c.origin().txId())
                    .containsOnly(stream.last().txId());
            assertThat(changes.get(0).origin().committedAt())
                    .isBetween(before, Instant.now().plusSeconds(5))
                    .isEqualTo(stream.last().commit().at());
            assertThat(changes)
                    .allSatisfy(c -> assertThat(c.origin().lsn())
                            .isLessThan(stream.last().commit().lsn()));
        }
    }

    @Test
    void fullReplicaIdentityShipsTheWholeOldRow() throws Exception {
        database.execute("ALTER TABLE " + table + " REPLICA IDENTITY FULL");
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.open();
            stream.execute(
                    "INSERT INTO " + table + " VALUES (1, NULL, 'one', NULL)",
                    "UPDATE " + table + " SET parent = 11",
                    "UPDATE " + table + " SET parent = 11",
                    "DELETE FROM " + table);

            List<RowChange> changes = stream.afterTransactions(4);

            assertThat(changes.get(1).before()).isEqualTo(row("id", "1", "parent", null, "name", "one", "note", null));
            assertThat(changes.get(1).after().get("parent")).isEqualTo("11");
            assertThat(changes.get(2).before()).isEqualTo(changes.get(2).after());
            assertThat(changes.get(3).before()).isEqualTo(changes.get(2).after());
        }
    }

    @Test
    void identityByIndexShipsItsColumnsAloneAlsoWhereThePrimaryKeyIsNotAmongThem() throws Exception {
        database.execute(
                "ALTER TABLE " + table + " ALTER parent SET NOT NULL",
                "CREATE UNIQUE INDEX by_" + table + " ON " + table + " (parent, name) INCLUDE (note)",
                "ALTER TABLE " + table + " REPLICA IDENTITY USING INDEX by_" + table);
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.open();
            stream.execute(
                    "INSERT INTO " + table + " VALUES (1, 10, 'one', NULL)",
                    "UPDATE " + table + " SET parent = 11",
                    "UPDATE " + table + " SET note = 'n'",
                    "DELETE FROM " + table);

            List<RowChange> changes = stream.afterTransactions(4);

            assertThat(changes).extracting(RowChange::operation).containsExactly(CREATE, UPDATE, UPDATE, DELETE);
            assertThat(changes.get(1).before()).isEqualTo(row("parent", "10", "name", "one"));
            assertThat(changes.get(1).after().get("id")).isEqualTo("1");
            assertThat(changes.get(2).before()).isNull();
            assertThat(changes.get(3).before()).isEqualTo(row("parent", "11", "name", "one"));
        }
    }

    @Test
    void changedReplicaIdentityIsNoticedWhileStreaming() throws Exception {
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.open();
            stream.execute(
                    "INSERT INTO " + table + " VALUES (1, 10), (2, 10)", "DELETE FROM " + table + " WHERE id = 1");
            stream.afterTransactions(2);
            stream.execute("ALTER TABLE " + table + " REPLICA IDENTITY FULL", "DELETE FROM " + table + " WHERE id = 2");

            List<RowChange> changes = stream.afterTransactions(3);

            assertThat(changes.get(2).before()).isEqualTo(row("id", "1"));
            assertThat(changes.get(3).before())
                    .isEqualTo(row("id", "2", "parent", "10", "name", "x", "note", "a note"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEFAULT", "USING INDEX by_parent_"})
    void anOldImageOfAnIdentityThatWasSmallerForAWhileIsNotReadAsNulls(String smaller) throws Exception {
        database.execute(
                "ALTER TABLE " + table + " REPLICA IDENTITY FULL, ALTER name DROP NOT NULL, ALTER parent SET NOT NULL",
                "CREATE UNIQUE INDEX by_parent_" + table + " ON " + table + " (parent, id)");
        String identity = smaller.replace("by_parent_", "by_parent_" + table);
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.open();
            stream.execute(
                    "INSERT INTO " + table + " VALUES (1, 10, 'one', 'n'), (2, 10, 'two', 'n')",
                    "DELETE FROM " + table + " WHERE id = 1");
            // At no moment does anybody see another identity in the catalogue.
            stream.transaction(
                    "ALTER TABLE " + table + " REPLICA IDENTITY " + identity,
                    "DELETE FROM " + table + " WHERE id = 2",
                    "ALTER TABLE " + table + " REPLICA IDENTITY FULL");

            List<RowChange> changes = stream.afterTransactions(3);

            assertThat(changes.get(2).before()).isEqualTo(row("id", "1", "parent", "10", "name", "one", "note", "n"));
            assertThat(changes.get(3).before())
                    .isEqualTo(identity.equals("DEFAULT") ? row("id", "2") : row("id", "2", "parent", "10"));
        }
    }

    @Test
    void ofAWholeRowThatReadsLikeASmallerIdentityTheNullsAreNotBelieved() throws Exception {
        database.execute("ALTER TABLE " + table + " REPLICA IDENTITY FULL, ALTER name DROP NOT NULL");
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.open();
            stream.execute(
                    "INSERT INTO " + table + " VALUES (1, NULL, NULL, NULL), (2, NULL, 'two', NULL)",
                    "DELETE FROM " + table);

            List<RowChange> changes = stream.afterTransactions(2);

            assertThat(changes.get(2).before()).isEqualTo(row("id", "1"));
            assertThat(changes.get(3).before()).isEqualTo(row("id", "2", "parent", null, "name", "two", "note", null));
        }
    }

    @Test
    void changeOfThePrimaryKeyIsOneUpdateFromTheOldRowToTheNew() throws Exception {
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.open();
            stream.execute(
                    "INSERT INTO " + table + " VALUES (1, 10, 'one')", "UPDATE " + table + " SET id = 7 WHERE id = 1");

            List<RowChange> changes = stream.afterTransactions(2);

            assertThat(changes).extracting(RowChange::operation).containsExactly(CREATE, UPDATE);
            assertThat(changes.get(1).before()).isEqualTo(row("id", "1"));
            assertThat(changes.get(1).after().get("id")).isEqualTo("7");
        }
    }

    @Test
    void unchangedToastColumnIsUnavailableAndNotNull() throws Exception {
        database.execute("ALTER TABLE " + table + " ALTER note SET STORAGE EXTERNAL");
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.open();
            stream.execute(
                    "INSERT INTO " + table + " VALUES (1, 10, 'one', repeat('long ', 4000))",
                    "UPDATE " + table + " SET name = 'uno'");

            List<RowChange> changes = stream.afterTransactions(2);

            assertThat(changes.get(0).after().get("note")).hasSize(20_000);
            assertThat(changes.get(1).after().values().get("note")).isSameAs(Row.UNAVAILABLE);
            assertThat(changes.get(1).after().knows("note")).isFalse();
        }
    }

    @Test
    void truncateOfSeveralTablesTellsEachOfThemAndThoseThatCascade() throws Exception {
        String child = table + "_child";
        String other = table + "_other";
        database.execute(
                "CREATE TABLE " + child + " (id int PRIMARY KEY, item int REFERENCES " + table + ")",
                "CREATE TABLE " + other + " (id int PRIMARY KEY)");
        try (var stream = new Stream(database, mode, "s_" + table, table, child, other)) {
            stream.open();
            stream.execute("TRUNCATE " + table + ", " + other + " CASCADE");

            List<RowChange> changes = stream.afterTransactions(1);

            assertThat(changes).extracting(RowChange::operation).containsOnly(TRUNCATE);
            assertThat(changes).extracting(c -> c.table().table()).containsExactlyInAnyOrder(table, child, other);
            assertThat(changes).allSatisfy(c -> assertThat(c.before()).isNull());
        }
    }

    @Test
    void rowsOfPartitionsCarryTheNameOfTheWholeTable() throws Exception {
        String parts = table + "_parts";
        database.execute(
                "CREATE TABLE " + parts + " (id int, region int, PRIMARY KEY (id, region)) PARTITION BY LIST (region)",
                "CREATE TABLE " + parts + "_1 PARTITION OF " + parts + " FOR VALUES IN (1)",
                "CREATE TABLE " + parts + "_2 PARTITION OF " + parts + " FOR VALUES IN (2)");
        try (var stream = new Stream(database, mode, "s_" + table, parts)) {
            stream.open();
            stream.execute("INSERT INTO " + parts + " VALUES (1, 1), (2, 2)", "DELETE FROM " + parts + " WHERE id = 2");

            List<RowChange> changes = stream.afterTransactions(2);

            assertThat(changes).extracting(c -> c.table().table()).containsOnly(parts);
            assertThat(changes.get(2).before()).isEqualTo(row("id", "2", "region", "2"));
        }
    }

    @Test
    void tableWithoutAnyKeyAndOddNamesIsRead() throws Exception {
        database.execute("CREATE TABLE \"Odd-" + table + "\" (\"The Id\" int, \"tick\"\"s\" text)");
        try (var stream = new Stream(database, mode, "s_" + table, "\"Odd-" + table + "\"")) {
            stream.open();
            stream.execute("INSERT INTO \"Odd-" + table + "\" VALUES (1, 'a')");

            List<RowChange> changes = stream.afterTransactions(1);

            assertThat(changes.get(0).after().get("The Id")).isEqualTo("1");
        }
    }

    @Test
    void ownMarkersComeBackWithTheirTransactionAndOthersDoNot() throws Exception {
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.open();
            stream.transaction(
                    "SELECT pg_logical_emit_message(true, 'freshet', 'beat 1')",
                    "SELECT pg_logical_emit_message(true, 'someone', 'else')",
                    "INSERT INTO " + table + " VALUES (1)");

            assertThat(stream.afterTransactions(1)).hasSize(1);
            assertThat(stream.last().commit().markers()).containsExactly("beat 1");
        }
    }

    @Test
    void hugeTransactionComesInChunksAndWaitsForTheSink() throws Exception {
        var gate = new CountDownLatch(1);
        var rows = new AtomicLong();
        var largest = new AtomicInteger();
        var lasts = new AtomicInteger();
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.into(chunk -> {
                        gate.await();
                        rows.addAndGet(chunk.changes().size());
                        largest.accumulateAndGet(chunk.changes().size(), Math::max);
                        lasts.addAndGet(chunk.last() ? 1 : 0);
                    })
                    .open();
            stream.execute("INSERT INTO " + table + " SELECT i, 1 FROM generate_series(1, 20000) i");
            assertThat(rows).hasValue(0);
            gate.countDown();

            await().atMost(PATIENCE).untilAtomic(lasts, org.hamcrest.Matchers.is(1));
            assertThat(rows).hasValue(20_000);
            assertThat(largest).hasValueLessThanOrEqualTo(100);
        }
    }

    @Test
    void sinkThatTakesNothingForLongDoesNotBreakTheStream() throws Exception {
        var gate = new CountDownLatch(1);
        var rows = new AtomicLong();
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.into(chunk -> {
                        gate.await();
                        rows.addAndGet(chunk.changes().size());
                    })
                    .open();
            // How much the buffers on the way hold differs from machine to machine, and from moment to moment.
            var written = new AtomicInteger();
            await().atMost(PATIENCE).until(() -> {
                stream.execute("INSERT INTO " + table + " SELECT i, 1, 'x', repeat('note ', 200) FROM generate_series("
                        + (written.get() + 1) + ", " + written.addAndGet(5000) + ") i");
                return stream.query("SELECT count(*) FROM pg_stat_activity JOIN pg_replication_slots"
                                + " ON pid = active_pid WHERE wait_event = 'WalSenderWriteData' AND slot_name = 's_"
                                + table + "'")
                        == 1;
            });

            assertThatThrownBy(() -> stream.capture().ended().get(8, TimeUnit.SECONDS))
                    .as("a stream that waits for its reader")
                    .isInstanceOf(TimeoutException.class);

            gate.countDown();
            await().atMost(PATIENCE).until(() -> rows.get() == written.get());
        }
    }

    @Test
    void nothingIsAcknowledgedUnaskedAndEverythingComesAgainByWholeTransactions() throws Exception {
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            long start = stream.confirmed();
            stream.open();
            stream.execute("INSERT INTO " + table + " VALUES (1)");
            stream.afterTransactions(1);
            stream.capture().acknowledge(stream.last().commit().lsn());
            long first = stream.last().commit().lsn().value();
            await().atMost(PATIENCE).until(() -> stream.confirmed() >= first);
            assertThat(start).isLessThan(first);

            stream.execute("INSERT INTO " + table + " SELECT i FROM generate_series(2, 1000) i");
            stream.afterTransactions(2);
            stream.execute("SELECT pg_logical_emit_message(true, 'freshet', 'later')");
            stream.afterTransactions(3);
            assertThat(stream.confirmed()).isEqualTo(first);
            stream.capture().close();

            stream.chunks.clear();
            stream.open();
            assertThat(stream.afterTransactions(2)).hasSize(999);
        }
    }

    @Test
    void runStoppedInTheMiddleOfATransactionGetsAllOfItAgain() throws Exception {
        var seen = new CountDownLatch(3);
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.into(chunk -> {
                        seen.countDown();
                        if (seen.getCount() == 0) {
                            new CountDownLatch(1).await();
                        }
                    })
                    .open();
            stream.execute("INSERT INTO " + table + " SELECT i FROM generate_series(1, 5000) i");
            seen.await();
            stream.capture().close();

            stream.into(stream.chunks::add).open();
            assertThat(stream.afterTransactions(1)).hasSize(5000);
        }
    }

    @Test
    void terminatedWalSenderEndsTheRunWithItsReason() throws Exception {
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.open();
            stream.execute("INSERT INTO " + table + " VALUES (1)");
            stream.afterTransactions(1);
            stream.execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = 's_"
                    + table + "'");

            assertThatThrownBy(() -> stream.capture()
                            .ended()
                            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(CaptureException.class);
        }
    }

    @Test
    void failingSinkEndsTheRun() throws Exception {
        try (var stream = new Stream(database, mode, "s_" + table, table)) {
            stream.into(chunk -> {
                        throw new IllegalStateException("the sink is full");
                    })
                    .open();
            stream.execute("INSERT INTO " + table + " VALUES (1)");

            assertThatThrownBy(() -> stream.capture()
                            .ended()
                            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .join())
                    .hasRootCauseMessage("the sink is full");
        }
    }

    private static Row row(String... namesAndValues) {
        var values = new java.util.LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Row(values);
    }
}
