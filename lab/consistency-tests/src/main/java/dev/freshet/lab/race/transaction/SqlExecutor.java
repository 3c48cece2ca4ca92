// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.transaction;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.history.RunClock;
import dev.freshet.lab.race.history.Write;
import dev.freshet.lab.race.world.Change;
import dev.freshet.lab.race.world.ViewParser;
import dev.freshet.lab.race.world.WalPositions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;

/** An application that does not know the cache. */
public final class SqlExecutor implements TransactionExecutor {
    private static final int SLOW_MILLIS = 400;
    private static final String SETUP = "set statement_timeout = '60s'; set lock_timeout = '60s'";

    private final TestDatabase database;
    private final Random random;
    private final boolean announces;
    private Connection connection;

    /** @param announces whether to also write the version into the WAL as a message */
    public SqlExecutor(TestDatabase database, Random random, boolean announces) {
        this.database = database;
        this.random = random;
        this.announces = announces;
    }

    @Override
    public boolean can(Intent intent) {
        return true;
    }

    @Override
    public boolean announces() {
        return announces;
    }

    @Override
    public CommitReceipt apply(Intent intent, long version) throws UnknownOutcomeException, InterruptedException {
        try {
            return attempt(intent, version);
        } catch (SQLException e) {
            throw new UnknownOutcomeException(e);
        }
    }

    private CommitReceipt attempt(Intent intent, long version) throws SQLException, InterruptedException {
        var open = open();
        boolean ended = false;
        try {
            // Half of the transactions do not wait for a standby, so their commits become visible before some earlier
            // ones.
            if (random.nextBoolean() || isTruncate(intent)) {
                execute("set local synchronous_commit = local");
            }
            carryOut(intent, version);
            if (announces) {
                execute("select pg_logical_emit_message(true, '" + Write.ANNOUNCEMENT + "', '" + version + "')");
            }
            if (intent.how() == Intent.How.SLOW) {
                Thread.sleep(random.nextInt(SLOW_MILLIS));
            }
            if (intent.how() == Intent.How.ROLLBACK) {
                open.rollback();
                ended = true;
                return null;
            }
            open.commit();
            ended = true;
            long acknowledged = RunClock.now();
            return new CommitReceipt(acknowledged, position(open));
        } finally {
            if (!ended) {
                close();
            }
        }
    }

    private static boolean isTruncate(Intent intent) {
        // The lock of a TRUNCATE blocks every reader until the commit is acknowledged.
        return intent.how() == Intent.How.TRUNCATE_TASKS || intent.how() == Intent.How.TRUNCATE_ALL;
    }

    /** The end of the WAL. */
    static long position(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_current_wal_insert_lsn()::text")) {
            row.next();
            long position = WalPositions.parse(row.getString(1));
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return position;
        }
    }

    private void carryOut(Intent intent, long version) throws SQLException {
        switch (intent.how()) {
            case BULK -> bulk(intent, version);
            case TRUNCATE_TASKS -> execute("truncate freshet.task_context");
            case TRUNCATE_ALL -> execute("truncate freshet.global_context cascade");
            default -> {
                for (var change : intent.changes()) {
                    change(change, version);
                }
            }
        }
    }

    private void bulk(Intent intent, long version) throws SQLException {
        try (var statement = connection.prepareStatement(
                "update freshet.task_context set document = jsonb_build_object('t', ?::bigint) where user_id = ?")) {
            statement.setLong(1, version);
            statement.setString(2, intent.changes().get(0).row().user());
            expect(intent.changes().size(), statement.executeUpdate(), intent.what());
        }
    }

    private void change(Change change, long version) throws SQLException {
        switch (change.kind()) {
            case UPDATE, MOVE -> update(change, version);
            case INSERT -> insert(change, version);
            case DELETE -> delete(change.row());
            case REPLACE -> {
                delete(change.row());
                insert(change, version);
            }
            case GONE -> {
                // Deleted along with another row.
            }
        }
    }

    private void update(Change change, long version) throws SQLException {
        var row = change.row();
        var level = row.level();
        var sql = "update " + ContextTables.table(level) + " set document = jsonb_build_object('"
                + ViewParser.member(level)
                + "', ?::bigint)" + (change.named() ? ", name = ?::text" : "")
                + (change.kind() == Change.Kind.MOVE ? ", " + ContextTables.parent(level) + " = ?" : "") + " where "
                + ContextTables.id(level) + " = ?";
        try (var statement = connection.prepareStatement(sql)) {
            int next = 1;
            statement.setLong(next++, version);
            if (change.named()) {
                statement.setString(next++, Long.toString(version));
            }
            if (change.kind() == Change.Kind.MOVE) {
                statement.setObject(next++, ContextTables.id(change.parent()));
            }
            statement.setObject(next, ContextTables.id(row));
            expect(1, statement.executeUpdate(), "update of " + row);
        }
    }

    private void insert(Change change, long version) throws SQLException {
        var row = change.row();
        expect(1, ContextTables.insert(connection, row, change.parent(), version), "insert of " + row);
    }

    private void delete(Row row) throws SQLException {
        try (var statement = connection.prepareStatement("delete from " + ContextTables.table(row.level()) + " where "
                + ContextTables.id(row.level()) + " = ?")) {
            statement.setObject(1, ContextTables.id(row));
            expect(1, statement.executeUpdate(), "delete of " + row);
        }
    }

    private static void expect(int rows, int found, String what) {
        if (rows != found) {
            throw new IllegalStateException(what + " met " + found + " rows, expected " + rows);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection open() throws SQLException {
        if (connection == null) {
            connection = database.connect();
            execute(SETUP);
            connection.setAutoCommit(false);
        }
        return connection;
    }

    /** Closing rolls back an open transaction. */
    @Override
    public void close() throws SQLException {
        var standing = connection;
        connection = null;
        if (standing != null) {
            standing.close();
        }
    }
}
