// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.debezium.event.ReplicaIdentities;
import dev.freshet.debezium.event.ReplicaIdentity;
import dev.freshet.debezium.transaction.CaptureException;
import dev.freshet.model.mapping.TableName;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads replica identities from the catalog. Each call opens a connection of its own, because calls are rare. */
final class CatalogReplicaIdentities implements ReplicaIdentities {
    /** The table, and every leaf if it is partitioned: pgoutput ships what the leaf logged. */
    private static final String STORED = """
            WITH base AS (
                SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relname = ?
            ), stored AS (
                SELECT oid AS rel FROM base
                UNION
                SELECT t.relid FROM base, pg_partition_tree(base.oid) t WHERE t.isleaf
            )
            """;

    private static final String COLUMNS = """
            (SELECT array_agg(a.attname::text) FROM pg_attribute a
              WHERE a.attrelid = i.indrelid AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]))
            """;
    /**
     * FULL sets {@code is_full}. NOTHING, and DEFAULT without a primary key, give a null {@code identity}, which is
     * read as no columns.
     */
    private static final String IDENTITIES = STORED + """
            SELECT c.relreplident = 'f' AS is_full,
                   (SELECT %s FROM pg_index i WHERE i.indrelid = c.oid
                       AND CASE c.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident ELSE false END)
                   AS identity
            FROM stored JOIN pg_class c ON c.oid = stored.rel
            WHERE c.relkind = 'r'
            """.formatted(COLUMNS);

    private static final String INDEXES = STORED + """
            SELECT %s AS columns FROM stored JOIN pg_index i ON i.indrelid = stored.rel
            WHERE i.indisunique AND i.indimmediate AND i.indexprs IS NULL AND i.indpred IS NULL
            """.formatted(COLUMNS);

    private static final String TABLE = """
            SELECT a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE n.nspname = ? AND c.relname = ?
            """;

    private final PostgresConnections connections;

    CatalogReplicaIdentities(JdbcSettings database) {
        this.connections = new PostgresConnections(database);
    }

    @Override
    public ReplicaIdentity of(TableName table) {
        try (Connection connection = connections.open("replica identities");
                PreparedStatement identities = query(connection, IDENTITIES, table);
                PreparedStatement indexes = query(connection, INDEXES, table);
                PreparedStatement attributes = query(connection, TABLE, table);
                ResultSet found = identities.executeQuery();
                ResultSet unique = indexes.executeQuery();
                ResultSet names = attributes.executeQuery()) {
            var all = new HashSet<String>();
            while (names.next()) {
                all.add(names.getString(1));
            }
            var columns = new HashSet<Set<String>>();
            while (unique.next()) {
                columns.add(Set.of((String[]) unique.getArray("columns").getArray()));
            }
            return new ReplicaIdentity(smallest(found), columns, all);
        } catch (SQLException e) {
            throw new CaptureException("could not read the replica identity of " + table, e);
        }
    }

    private static PreparedStatement query(Connection connection, String sql, TableName table) throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        query.setString(1, table.schema());
        query.setString(2, table.table());
        return query;
    }

    private static Optional<Set<String>> smallest(ResultSet rows) throws SQLException {
        Set<String> common = null;
        boolean any = false;
        while (rows.next()) {
            any = true;
            if (rows.getBoolean("is_full")) {
                continue;
            }
            Set<String> columns = rows.getArray("identity") == null
                    ? Set.of()
                    : Set.of((String[]) rows.getArray("identity").getArray());
            if (common == null) {
                common = new HashSet<>(columns);
            } else {
                common.retainAll(columns);
            }
        }
        if (!any) {
            // Dropped since, or a partitioned table without partitions. Nothing is known, so no column is assumed.
            return Optional.of(Set.of());
        }
        return Optional.ofNullable(common);
    }
}
