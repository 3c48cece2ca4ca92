// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.ChunkSink;
import dev.freshet.core.stream.RowChange;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.model.mapping.TableName;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A slot and a publication over some tables of a test database, and what a capture of them has delivered. */
final class Stream implements AutoCloseable {

    static {
        LogLevels.quiet();
    }

    final List<Chunk> chunks = new CopyOnWriteArrayList<>();
    private final TestDatabase database;
    private final StreamMode mode;
    private final String name;
    private final List<String> tables;
    private volatile Capture capture;
    private volatile ChunkSink sink = chunks::add;

    /** @param name of slot and publication */
    Stream(TestDatabase database, StreamMode mode, String name, String... tables) {
        this.mode = mode;
        this.database = database;
        this.name = name;
        this.tables = List.of(tables);
        database.execute(
                "CREATE PUBLICATION " + name + " FOR TABLE " + String.join(", ", tables)
                        + " WITH (publish_via_partition_root = true)",
                "SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
    }

    Stream into(ChunkSink other) {
        sink = other;
        return this;
    }

    Stream open() throws InterruptedException {
        capture = Capture.open(settings(), chunk -> sink.accept(chunk));
        if (!capture.awaitStarted(PATIENCE)) {
            throw new AssertionError(
                    "did not start", capture.ended().handle((v, e) -> e).join());
        }
        return this;
    }

    CaptureSettings settings() {
        return new CaptureSettings(
                jdbc(database),
                name,
                name,
                tables.stream()
                        .map(t -> new TableName("public", t.replace("\"", "")))
                        .collect(Collectors.toSet()),
                mode,
                100,
                1 << 20,
                Duration.ofMillis(200));
    }

    static JdbcSettings jdbc(TestDatabase database) {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        return new JdbcSettings(database.jdbcUrl(), properties);
    }

    Capture capture() {
        return capture;
    }

    void execute(String... sql) {
        database.execute(sql);
    }

    /** Runs the statements in one transaction. */
    void transaction(String... sql) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (String one : sql) {
                connection.createStatement().execute(one);
            }
            connection.commit();
        }
    }

    /** Waits until that many transactions are complete, and returns all row changes so far. */
    List<RowChange> afterTransactions(int count) {
        await().atMost(PATIENCE).until(() -> {
            if (capture.ended().isCompletedExceptionally()) {
                capture.ended().join();
            }
            return chunks.stream().filter(Chunk::last).count() >= count;
        });
        return changes();
    }

    List<RowChange> changes() {
        return chunks.stream().flatMap(chunk -> chunk.changes().stream()).toList();
    }

    Chunk last() {
        return chunks.get(chunks.size() - 1);
    }

    long confirmed() {
        return query("SELECT confirmed_flush_lsn - '0/0'::pg_lsn FROM pg_replication_slots WHERE slot_name = '" + name
                + "'");
    }

    long query(String sql) {
        try (Connection connection = database.connect();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    String text(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getString(1);
            }
        }
    }

    @Override
    public void close() {
        if (capture != null) {
            capture.close();
        }
        database.dropSlot(name);
        database.execute("DROP PUBLICATION " + name);
    }

    @Override
    public String toString() {
        return name + Arrays.asList(tables.toArray());
    }
}
