// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.jdbc;

import dev.freshet.audit.rows.ListKey;
import dev.freshet.audit.rows.ListedRows;
import dev.freshet.audit.rows.RowKey;
import dev.freshet.audit.rows.RowStates;
import dev.freshet.audit.rows.RowVersion;
import dev.freshet.audit.rows.RowVersions;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.postgres.tables.JdbcCatalog;
import dev.freshet.protocol.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Asks the primary which transactions wrote rows. Uses one dedicated connection with read-only transactions, and one
 * query per table for many rows. Needs SELECT on the tables of the mapping. Row-level security must not hide rows from
 * the role, as a hidden row looks deleted. One thread at a time.
 */
public final class JdbcRowVersions implements RowVersions, AutoCloseable {
    /** How many children of a row are looked at. A list with more cannot be decided. */
    static final int MOST_CHILDREN = 1_000;

    private static final String DATA_EXCEPTION = "22";

    private final Connection connection;
    private final Mapping mapping;
    private final VersionQueries queries;

    /** @param connection not used for anything else from now on; closed with this object */
    public JdbcRowVersions(Connection connection, Mapping mapping) {
        this.connection = connection;
        this.mapping = mapping;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = on; SET statement_timeout = '10s'");
            statement.execute("SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'");
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        } catch (SQLException e) {
            throw new UnavailableException(e);
        }
        this.queries = new VersionQueries(connection, mapping, MOST_CHILDREN);
    }

    @Override
    public String systemIdentifier() {
        return text("SELECT system_identifier::text FROM pg_control_system()");
    }

    @Override
    public String database() {
        return text("SELECT current_database()");
    }

    @Override
    public Set<String> alwaysStaleByUpdate() {
        try {
            return staleByUpdate();
        } catch (JdbiException e) {
            throw new UnavailableException(e.getCause() instanceof SQLException cause ? cause : e);
        }
    }

    private Set<String> staleByUpdate() {
        var names = new HashSet<String>();
        var catalog = new JdbcCatalog(Jdbi.create(connection).open());
        for (EntityMapping entity : mapping.entities().values()) {
            boolean always = entity.ignored().names().isEmpty()
                    && catalog.table(entity.table())
                            .map(table -> stored(table).allMatch(JdbcRowVersions::hidesOldValues))
                            .orElse(false);
            if (always) {
                names.add(entity.name());
            }
        }
        return names;
    }

    private static Stream<CatalogTable> stored(CatalogTable table) {
        return table.partitions().isEmpty() ? Stream.of(table) : table.partitions().stream();
    }

    /** Whether some old values are missing from the WAL. They count as changed. */
    private static boolean hidesOldValues(CatalogTable table) {
        return !table.identity().full()
                && !table.identity().columns().containsAll(table.columns().keySet());
    }

    @Override
    public RowStates read(Set<RowKey> rows, Map<ListKey, Long> lists) {
        try {
            return readInOneSnapshot(rows, lists);
        } catch (SQLException e) {
            throw new UnavailableException(e);
        }
    }

    private RowStates readInOneSnapshot(Set<RowKey> rows, Map<ListKey, Long> lists) throws SQLException {
        Lsn before = one("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn", row -> new Lsn(row.getLong(1)));
        connection.setAutoCommit(false);
        try {
            var reading = new Reading(before);
            for (var entity : byEntity(rows).entrySet()) {
                reading.rows(entity.getKey(), entity.getValue());
            }
            for (var child : byChild(lists).entrySet()) {
                reading.children(child.getKey(), child.getValue());
            }
            connection.commit();
            return reading.states();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private Map<EntityMapping, List<RowKey>> byEntity(Set<RowKey> rows) {
        var byEntity = new LinkedHashMap<EntityMapping, List<RowKey>>();
        rows.forEach(row -> byEntity.computeIfAbsent(mapping.entity(row.entity()), e -> new ArrayList<>())
                .add(row));
        return byEntity;
    }

    private Map<EntityMapping, List<Map.Entry<ListKey, Long>>> byChild(Map<ListKey, Long> lists) {
        var byChild = new LinkedHashMap<EntityMapping, List<Map.Entry<ListKey, Long>>>();
        lists.entrySet()
                .forEach(list -> byChild.computeIfAbsent(
                                mapping.entity(list.getKey().child()), e -> new ArrayList<>())
                        .add(list));
        return byChild;
    }

    /** The results of one transaction. */
    private final class Reading {
        private final Lsn before;
        private final long next;
        private final Lsn upTo;
        private final Map<RowKey, RowVersion> rows = new HashMap<>();
        private final Map<ListKey, ListedRows> children = new HashMap<>();
        private final Set<RowKey> unreadable = new HashSet<>();

        /** Takes the snapshot first, then the WAL position. */
        Reading(Lsn before) throws SQLException {
            this.before = before;
            long[] both = one(
                    "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint,"
                            + " pg_current_wal_insert_lsn() - '0/0'::pg_lsn",
                    row -> new long[] {row.getLong(1), row.getLong(2)});
            this.next = both[0];
            this.upTo = new Lsn(both[1]);
        }

        RowStates states() {
            return new RowStates(next, before, upTo, rows, children, unreadable);
        }

        /** An id that is invalid for the column's type fails the whole query. Finds it by bisection. */
        void rows(EntityMapping entity, List<RowKey> keys) throws SQLException {
            if (!attempt(() -> queryRows(entity, keys))) {
                if (keys.size() == 1) {
                    unreadable.add(keys.get(0));
                } else {
                    rows(entity, keys.subList(0, keys.size() / 2));
                    rows(entity, keys.subList(keys.size() / 2, keys.size()));
                }
            }
        }

        private void queryRows(EntityMapping entity, List<RowKey> keys) throws SQLException {
            try (PreparedStatement query = queries.rows(entity)) {
                bindIds(query, keys.stream().map(RowKey::id).toList());
                try (ResultSet found = query.executeQuery()) {
                    while (found.next()) {
                        RowKey key = keys.get(found.getInt(1) - 1);
                        if (isOf(key, entity, found.getString(5))) {
                            rows.put(key, version(found));
                        }
                    }
                }
            }
        }

        void children(EntityMapping child, List<Map.Entry<ListKey, Long>> lists) throws SQLException {
            if (!attempt(() -> queryChildren(child, lists)) && lists.size() > 1) {
                children(child, lists.subList(0, lists.size() / 2));
                children(child, lists.subList(lists.size() / 2, lists.size()));
            }
        }

        private void queryChildren(EntityMapping child, List<Map.Entry<ListKey, Long>> lists) throws SQLException {
            var young = new HashMap<ListKey, List<ListedRows.Child>>();
            var cut = new HashSet<ListKey>();
            try (PreparedStatement query = queries.children(child)) {
                int after = bindIds(
                        query,
                        lists.stream().map(list -> list.getKey().parent().id()).toList());
                query.setArray(
                        after,
                        connection.createArrayOf(
                                "bigint",
                                lists.stream().map(Map.Entry::getValue).toArray()));
                query.setLong(after + 1, next);
                try (ResultSet found = query.executeQuery()) {
                    while (found.next()) {
                        ListKey list = lists.get(found.getInt(1) - 1).getKey();
                        if (found.getBoolean(6)) {
                            cut.add(list);
                        } else if (isOf(list.parent(), child, found.getString(5))) {
                            young.computeIfAbsent(list, l -> new ArrayList<>())
                                    .add(new ListedRows.Child(id(found, child), version(found)));
                        }
                    }
                }
            }
            lists.forEach(list -> children.put(
                    list.getKey(),
                    new ListedRows(young.getOrDefault(list.getKey(), List.of()), cut.contains(list.getKey()))));
        }

        private int bindIds(PreparedStatement query, List<List<String>> ids) throws SQLException {
            int columns = ids.get(0).size();
            for (int i = 0; i < columns; i++) {
                int column = i;
                query.setArray(
                        i + 1,
                        connection.createArrayOf(
                                "text", ids.stream().map(id -> id.get(column)).toArray()));
            }
            return columns + 1;
        }

        private RowVersion version(ResultSet found) throws SQLException {
            return RowVersion.of(found.getLong(2), next, found.getLong(3), found.getLong(4));
        }
    }

    private static List<String> id(ResultSet found, EntityMapping entity) throws SQLException {
        var id = new ArrayList<String>();
        for (int i = 0; i < entity.id().size(); i++) {
            id.add(found.getString(7 + i));
        }
        return id;
    }

    /** Whether the row has the required owner. */
    private static boolean isOf(RowKey key, EntityMapping entity, String owner) {
        return entity.isolate().isEmpty()
                || (owner == null
                        ? key.isolate().value() == null
                        : owner.equals(key.isolate().value()));
    }

    private interface Attempt {
        void run() throws SQLException;
    }

    /** False if a value could not be cast to its column's type. */
    private boolean attempt(Attempt attempt) throws SQLException {
        Savepoint start = connection.setSavepoint();
        try {
            attempt.run();
            connection.releaseSavepoint(start);
            return true;
        } catch (SQLException e) {
            if (e.getSQLState() == null || !e.getSQLState().startsWith(DATA_EXCEPTION)) {
                throw e;
            }
            connection.rollback(start);
            return false;
        }
    }

    private interface Read<T> {
        T of(ResultSet row) throws SQLException;
    }

    private String text(String sql) {
        try {
            return one(sql, row -> row.getString(1));
        } catch (SQLException e) {
            throw new UnavailableException(e);
        }
    }

    private <T> T one(String sql, Read<T> read) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return read.of(row);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new UnavailableException(e);
        }
    }
}
