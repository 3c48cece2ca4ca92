// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

import dev.freshet.bench.history.Row;
import dev.freshet.bench.history.Ticks;
import dev.freshet.bench.history.Write;
import dev.freshet.bench.world.Change;
import dev.freshet.bench.world.Values;
import dev.freshet.context.Level;
import dev.freshet.devservices.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;

/** An application that does not know the cache. */
final class SqlHand implements Hand {
    private static final int SLOW_MILLIS = 400;
    private static final String SETUP = "set statement_timeout = '60s'; set lock_timeout = '60s'";

    private final TestDatabase database;
    private final Random random;
    private final boolean announces;
    private Connection connection;

    /** @param announces whether to also write the version into the WAL as a message */
    SqlHand(TestDatabase database, Random random, boolean announces) {
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
    public Receipt apply(Intent intent, long version) throws UnclearException, InterruptedException {
        try {
            return attempt(intent, version);
        } catch (SQLException e) {
            throw new UnclearException(e);
        }
    }

    private Receipt attempt(Intent intent, long version) throws SQLException, InterruptedException {
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
            long acknowledged = Ticks.now();
            return new Receipt(acknowledged, position(open));
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
            long position = Lsn.parse(row.getString(1));
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
        var sql = "update " + Tables.table(level) + " set document = jsonb_build_object('" + Values.member(level)
                + "', ?::bigint)" + (change.named() ? ", name = ?::text" : "")
                + (change.kind() == Change.Kind.MOVE ? ", " + Tables.parent(level) + " = ?" : "") + " where "
                + Tables.id(level) + " = ?";
        try (var statement = connection.prepareStatement(sql)) {
            int next = 1;
            statement.setLong(next++, version);
            if (change.named()) {
                statement.setString(next++, Long.toString(version));
            }
            if (change.kind() == Change.Kind.MOVE) {
                statement.setObject(next++, id(change.parent()));
            }
            statement.setObject(next, id(row));
            expect(1, statement.executeUpdate(), "update of " + row);
        }
    }

    private void insert(Change change, long version) throws SQLException {
        var row = change.row();
        var level = row.level();
        var own = level == Level.GLOBAL || level == Level.PROJECT;
        var sql = "insert into " + Tables.table(level) + " (user_id, name, document"
                + (level == Level.GLOBAL ? "" : ", id") + (own ? "" : ", " + Tables.parent(level))
                + ") values (?, ?, jsonb_build_object('" + Values.member(level) + "', ?::bigint)"
                + (level == Level.GLOBAL ? "" : ", ?") + (own ? "" : ", ?") + ")";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, row.user());
            statement.setString(2, Long.toString(version));
            statement.setLong(3, version);
            if (level != Level.GLOBAL) {
                statement.setObject(4, id(row));
            }
            if (!own) {
                statement.setObject(5, id(change.parent()));
            }
            expect(1, statement.executeUpdate(), "insert of " + row);
        }
    }

    private void delete(Row row) throws SQLException {
        try (var statement = connection.prepareStatement(
                "delete from " + Tables.table(row.level()) + " where " + Tables.id(row.level()) + " = ?")) {
            statement.setObject(1, id(row));
            expect(1, statement.executeUpdate(), "delete of " + row);
        }
    }

    static Object id(Row row) {
        return row.level() == Level.GLOBAL ? row.id() : Long.valueOf(row.id());
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
