// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader.watch;

import dev.freshet.model.mapping.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which tables a transaction read. PostgreSQL locks each table that a statement is about, and keeps the lock until the
 * transaction ends: those behind views and in functions too, and those of which no row was found.
 */
final class ReadTables {
    private static final String LOCKED = """
            select distinct n.nspname, r.relname, r.relkind
            from pg_catalog.pg_locks l
            join pg_catalog.pg_class c on c.oid = l.relation
            join pg_catalog.pg_class r on r.oid = coalesce(pg_catalog.pg_partition_root(c.oid), c.oid)
            join pg_catalog.pg_namespace n on n.oid = r.relnamespace
            where l.pid = pg_catalog.pg_backend_pid() and l.locktype = 'relation' and l.granted
            and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
            and r.relkind in ('r', 'p', 'm', 'f')
            and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'""";

    private final Connection connection;
    private final Map<ReadTable, String> found = new LinkedHashMap<>();

    ReadTables(Connection connection) {
        this.connection = connection;
    }

    /** @param sql the statement that has run; null if unknown */
    void note(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(LOCKED)) {
            while (rows.next()) {
                var table = new ReadTable(new TableName(rows.getString(1), rows.getString(2)), rows.getString(3));
                found.putIfAbsent(table, sql == null ? "" : sql.strip().replaceAll("\\s+", " "));
            }
        }
    }

    Map<ReadTable, String> found() {
        return new LinkedHashMap<>(found);
    }
}
