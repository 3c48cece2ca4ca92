// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.schema;

import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.schema.ForeignKey;
import dev.freshet.model.schema.Schema;
import dev.freshet.postgres.tables.JdbcCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads the tables of a database from its catalogue. Needs no right beyond those that every role has, and reads no row
 * of a table. One thread.
 */
public final class SchemaReader {
    private static final String FOREIGN_KEYS = """
            SELECT k.conname AS name, n.nspname AS schema, c.relname AS table_name,
                   m.nspname AS target_schema, f.relname AS target_name,
                   ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY x(attnum, i)
                         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.attnum ORDER BY i) AS columns,
                   ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY x(attnum, i)
                         JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = x.attnum ORDER BY i) AS to_columns
            FROM pg_constraint k
            JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_class f ON f.oid = k.confrelid JOIN pg_namespace m ON m.oid = f.relnamespace
            WHERE k.contype = 'f' AND k.conparentid = 0 AND NOT c.relispartition
            ORDER BY n.nspname, c.relname, k.conkey, k.conname""";

    private final Handle handle;
    private final JdbcCatalog catalog;

    private SchemaReader(Handle handle) {
        this.handle = handle;
        this.catalog = new JdbcCatalog(handle);
    }

    /** Hears how far the reading is. */
    @FunctionalInterface
    public interface Progress {
        void read(int tables, int of);
    }

    /**
     * Reads at one moment: in a transaction of its own, which is ended.
     *
     * @param wanted which relations to look at
     * @throws org.jdbi.v3.core.JdbiException with the SQLException if the catalogue cannot be read
     */
    public static Schema read(Connection connection, Predicate<TableName> wanted, Progress progress)
            throws SQLException {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try {
            return new SchemaReader(Jdbi.create(connection).open()).read(wanted, progress);
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private Schema read(Predicate<TableName> wanted, Progress progress) {
        List<RelationRow> relations = handle.createQuery(RelationRow.SQL)
                .map((row, context) -> RelationRow.of(row))
                .list();
        Map<TableName, CatalogTable> tables = new HashMap<>();
        Map<TableName, String> obstacles = new HashMap<>();
        Set<TableName> existing = new HashSet<>();
        List<RelationRow> chosen =
                relations.stream().filter(each -> wanted.test(each.name())).toList();
        int read = 0;
        for (RelationRow relation : relations) {
            if (relation.isTable()) {
                existing.add(relation.name());
            }
        }
        for (RelationRow relation : chosen) {
            progress.read(++read, chosen.size());
            Optional<CatalogTable> table = Optional.empty();
            Optional<String> obstacle = Obstacles.of(relation, catalog);
            if (obstacle.isEmpty()) {
                table = catalog.table(relation.name());
                obstacle = table.flatMap(Obstacles::ofColumns);
            }
            if (obstacle.isPresent()) {
                obstacles.put(relation.name(), obstacle.get());
            } else {
                table.ifPresent(found -> tables.put(relation.name(), found));
            }
        }
        return new Schema(
                handle.createQuery("SELECT current_database()")
                        .mapTo(String.class)
                        .one(),
                tables,
                foreignKeys(tables.keySet()),
                obstacles,
                existing);
    }

    private List<ForeignKey> foreignKeys(Set<TableName> tables) {
        return handle
                .createQuery(FOREIGN_KEYS)
                .map((row, context) -> new ForeignKey(
                        row.getString("name"),
                        new TableName(row.getString("schema"), row.getString("table_name")),
                        List.of((String[]) row.getArray("columns").getArray()),
                        new TableName(row.getString("target_schema"), row.getString("target_name")),
                        List.of((String[]) row.getArray("to_columns").getArray())))
                .stream()
                .filter(key -> tables.contains(key.table()))
                .toList();
    }
}
