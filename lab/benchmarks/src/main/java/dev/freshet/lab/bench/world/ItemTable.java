// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.world;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.lab.bench.subject.ItemKey;
import dev.freshet.lab.bench.subject.ListenSubject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The table whose rows change, in a database of its own; published for all who stream. Closing drops the database and
 * its slots. Thread-safe.
 */
public final class ItemTable implements AutoCloseable {
    /** The publication of everybody but Freshet, which makes its own. */
    public static final String PUBLICATION = "bench";

    /** One row, by its id. */
    public static final String CHANGE_OF_ONE = "UPDATE item SET version = version + 1 WHERE id = ?";

    private final TestDatabase database;
    private final long rows;

    ItemTable(TestDatabase database, long rows) {
        this.database = database;
        this.rows = rows;
        database.execute(
                "CREATE TABLE item (id bigint PRIMARY KEY, version bigint NOT NULL)",
                "CREATE PUBLICATION " + PUBLICATION + " FOR TABLE item",
                "INSERT INTO item SELECT id, 0 FROM generate_series(1, " + rows + ") id",
                "VACUUM ANALYZE item",
                "CHECKPOINT");
    }

    /**
     * Rows of this table that belong to parents: as many as the list says of each, by their ids; the others belong to
     * parents that do not exist, a hundred to each.
     */
    ItemTable(TestDatabase database, long rows, List<Long> families) {
        this.database = database;
        this.rows = rows;
        database.execute(
                "CREATE TABLE parent (id bigint PRIMARY KEY, version bigint NOT NULL)",
                "CREATE TABLE item (id bigint PRIMARY KEY, version bigint NOT NULL, parent_id bigint NOT NULL)",
                "ALTER TABLE item REPLICA IDENTITY FULL", // keys by a path need the old parent
                "INSERT INTO parent SELECT id, 0 FROM generate_series(1, " + families.size() + ") id");
        long first = 1;
        for (int parent = 1; parent <= families.size(); parent++) {
            long next = first + families.get(parent - 1);
            insert(first, next - 1, Integer.toString(parent));
            first = next;
        }
        insert(first, rows, families.size() + 1 + " + id / 100");
        database.execute("CREATE INDEX ON item (parent_id)", "VACUUM ANALYZE item", "CHECKPOINT");
    }

    private void insert(long first, long last, String parent) {
        database.execute(
                "INSERT INTO item SELECT id, 0, " + parent + " FROM generate_series(" + first + ", " + last + ") id");
    }

    public TestDatabase database() {
        return database;
    }

    public long rows() {
        return rows;
    }

    public Connection connect() throws SQLException {
        return database.connect();
    }

    /** The name of a subject's slot: slots of all databases share their names. */
    public String slot(String subject) {
        return database.name() + "_" + subject.replace('-', '_');
    }

    public void createSlot(String name) {
        database.execute("SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
    }

    public boolean isStreaming(String slot) throws SQLException {
        try (Connection connection = database.connect();
                var query =
                        connection.prepareStatement("SELECT active FROM pg_replication_slots WHERE slot_name = ?")) {
            query.setString(1, slot);
            try (var row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Has each changed row's key notified. */
    public void createTrigger() {
        database.execute(
                "CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_notify('"
                        + ListenSubject.CHANNEL + "', '" + ItemKey.PREFIX + "' || NEW.id); RETURN NULL; END $$",
                "CREATE TRIGGER tell AFTER INSERT OR UPDATE ON item FOR EACH ROW EXECUTE FUNCTION tell()");
    }

    /** Changes one row, in a transaction of its own, on a connection of its own. */
    public void change(long id) {
        database.execute("UPDATE item SET version = version + 1 WHERE id = " + id);
    }

    /** Changes a parent, and returns when the commit had returned, by {@link System#nanoTime()}. */
    public long changeParent(long parent) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE parent SET version = version + 1 WHERE id = " + parent);
            return System.nanoTime();
        }
    }

    /** The ids of the parent's rows. */
    public static List<Long> itemsOf(long parent, Connection connection) throws SQLException {
        var ids = new ArrayList<Long>();
        try (var query = connection.prepareStatement("SELECT id FROM item WHERE parent_id = ?")) {
            query.setLong(1, parent);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
        }
        return ids;
    }

    /** Changes each row once, in transactions of this many rows, the last of which may have fewer. */
    public void changeAll(long rowsPerTransaction) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            statement.execute("DO $$ BEGIN FOR changed IN 0.." + (rows - 1) + " BY " + rowsPerTransaction
                    + " LOOP UPDATE item SET version = version + 1 WHERE id > changed AND id <= changed + "
                    + rowsPerTransaction + "; COMMIT; END LOOP; END $$");
            // Writes the WAL of those commits.
            statement.execute("CHECKPOINT");
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
