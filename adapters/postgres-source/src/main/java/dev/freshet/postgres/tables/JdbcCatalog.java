// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.check.CatalogTable.Column;
import dev.freshet.model.mapping.check.CatalogTable.Identity;
import dev.freshet.model.mapping.check.CatalogTable.UniqueIndex;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The catalog of a PostgreSQL database. Nothing is cached. Not thread-safe, because its handle is not. */
public final class JdbcCatalog implements Catalog {
    private static final String TABLE = """
            SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind = 'p' AS partitioned, c.relreplident AS identity,
                   c.relispartition AS is_partition, rn.nspname AS root_schema, r.relname AS root_name
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_class r ON r.oid = pg_partition_root(c.oid)
            LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
            WHERE c.relkind IN ('r', 'p') AND""";
    private static final String COLUMNS = """
            WITH RECURSIVE base AS (
                SELECT a.attnum, a.attname, a.attnotnull, a.atttypmod AS typmod, a.attcollation, a.attgenerated,
                       t.oid, t.typname, t.typnamespace, t.typtype, t.typbasetype, t.typnotnull, t.typtypmod
                FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                WHERE a.attrelid = :oid AND a.attnum > 0 AND NOT a.attisdropped
              UNION ALL
                SELECT b.attnum, b.attname, b.attnotnull OR b.typnotnull, b.typtypmod, b.attcollation, b.attgenerated,
                       t.oid, t.typname, t.typnamespace, t.typtype, t.typbasetype, t.typnotnull, t.typtypmod
                FROM base b JOIN pg_type t ON t.oid = b.typbasetype
                WHERE b.typtype = 'd'
            )
            SELECT attname AS name, attnotnull OR typnotnull AS required,
                   CASE WHEN typtype = 'e' THEN 'enum'
                        -- One of the application's own that is named like one of PostgreSQL's is another.
                        WHEN typnamespace <> 'pg_catalog'::regnamespace
                             AND EXISTS (SELECT FROM pg_type p WHERE p.typname = base.typname
                                                             AND p.typnamespace = 'pg_catalog'::regnamespace)
                        THEN typnamespace::regnamespace || '.' || typname
                        ELSE typname END AS type,
                   CASE WHEN base.oid = 'numeric'::regtype AND typmod >= 0
                        THEN (((typmod - 4) & 2047) # 1024) - 1024 END AS scale,
                   ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = base.oid ORDER BY e.enumlabel) AS labels,
                   COALESCE(l.collisdeterministic, true) AS deterministic,
                   attgenerated = '' OR (attgenerated = 's' AND current_setting('server_version_num')::int >= 180000) AS published
            FROM base LEFT JOIN pg_collation l ON l.oid = attcollation
            WHERE typtype <> 'd' ORDER BY attnum""";
    private static final String INDEXES = """
            SELECT i.relname AS name, x.indimmediate AS immediate, x.indisprimary AS is_primary, x.indisreplident AS is_identity,
                   ARRAY(SELECT a.attname::text FROM unnest(x.indkey::int2[]) WITH ORDINALITY k(attnum, n)
                         JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum
                         WHERE k.n <= x.indnkeyatts ORDER BY k.n) AS columns
            FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
            WHERE x.indrelid = :oid AND x.indisunique AND x.indisvalid AND x.indpred IS NULL AND x.indexprs IS NULL
            ORDER BY x.indisprimary DESC, i.relname""";
    private static final String LEAVES =
            "SELECT t.relid::oid::bigint FROM pg_partition_tree(:oid::regclass) t JOIN pg_class c ON c.oid = t.relid"
                    + " WHERE t.isleaf AND c.relkind = 'r'";

    private static final String ANY = """
            SELECT c.relkind AS kind, c.relpersistence AS persistence,
                   n.nspname IN ('pg_catalog', 'information_schema') OR n.nspname ~ '^pg_toast' AS system,
                   CASE WHEN c.relkind = 'p' THEN
                   ARRAY(SELECT ln.nspname || '.' || l.relname
                         FROM pg_partition_tree(c.oid) t JOIN pg_class l ON l.oid = t.relid JOIN pg_namespace ln ON ln.oid = l.relnamespace
                         WHERE t.isleaf AND l.relkind <> 'p' AND (l.relkind <> 'r' OR l.relpersistence <> 'p') ORDER BY 1)
                   ELSE '{}' END AS unseen,
                   CASE WHEN c.relkind IN ('v', 'm') THEN
                   ARRAY(WITH RECURSIVE seen(oid) AS (
                             SELECT c.oid
                           UNION
                             SELECT d.refobjid FROM seen JOIN pg_rewrite w ON w.ev_class = seen.oid
                             JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
                                             AND d.refclassid = 'pg_class'::regclass
                         )
                         SELECT tn.nspname || '.' || t.relname
                         FROM seen JOIN pg_class t ON t.oid = seen.oid JOIN pg_namespace tn ON tn.oid = t.relnamespace
                         WHERE t.relkind IN ('r', 'p') ORDER BY 1)
                   ELSE '{}' END AS bases
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = :schema AND c.relname = :name""";
    private static final String TABLES = """
            SELECT n.nspname AS schema, c.relname AS name
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AND NOT c.relispartition
              AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
            ORDER BY 1, 2 LIMIT 5000""";

    private final Handle handle;

    public JdbcCatalog(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<CatalogTable> table(TableName name) {
        return handle.createQuery(TABLE + " n.nspname = :schema AND c.relname = :name")
                .bind("schema", name.schema())
                .bind("name", name.table())
                .map((row, context) -> Relation.of(row))
                .findOne()
                .map(this::read);
    }

    @Override
    public Optional<String> obstacle(TableName name) {
        return handle.createQuery(ANY)
                .bind("schema", name.schema())
                .bind("name", name.table())
                .map((row, context) -> Obstacle.of(
                        row.getString("kind").charAt(0),
                        row.getString("persistence").charAt(0),
                        row.getBoolean("system"),
                        List.of((String[]) row.getArray("unseen").getArray()),
                        List.of((String[]) row.getArray("bases").getArray())))
                .findOne()
                .flatMap(found -> found);
    }

    @Override
    public List<TableName> tables() {
        return handle.createQuery(TABLES)
                .map((row, context) -> new TableName(row.getString("schema"), row.getString("name")))
                .list();
    }

    private record Relation(
            long oid, TableName name, boolean partitioned, char identity, Optional<TableName> partitionOf) {
        static Relation of(ResultSet row) throws SQLException {
            return new Relation(
                    row.getLong("oid"),
                    new TableName(row.getString("schema"), row.getString("name")),
                    row.getBoolean("partitioned"),
                    row.getString("identity").charAt(0),
                    row.getBoolean("is_partition")
                            ? Optional.of(new TableName(row.getString("root_schema"), row.getString("root_name")))
                            : Optional.empty());
        }
    }

    private record Index(UniqueIndex index, boolean primary, boolean identity) {}

    private CatalogTable read(Relation relation) {
        List<Index> indexes = indexes(relation.oid());
        return new CatalogTable(
                relation.name(),
                columns(relation.oid()),
                indexes.stream().map(Index::index).toList(),
                // A partitioned table's own identity applies to no row: every row is in a partition.
                relation.partitioned() ? Identity.FULL : identity(relation.identity(), indexes),
                relation.partitionOf(),
                relation.partitioned() ? leaves(relation.oid()) : List.of());
    }

    private List<CatalogTable> leaves(long oid) {
        List<Long> leaves =
                handle.createQuery(LEAVES).bind("oid", oid).mapTo(Long.class).list();
        return leaves.stream()
                .map(leaf -> handle.createQuery(TABLE + " c.oid = :oid")
                        .bind("oid", leaf)
                        .map((row, context) -> Relation.of(row))
                        .one())
                .map(this::read)
                .toList();
    }

    private Map<String, Column> columns(long oid) {
        var columns = new LinkedHashMap<String, Column>();
        handle.createQuery(COLUMNS)
                .bind("oid", oid)
                .map((row, context) -> Map.entry(row.getString("name"), column(row)))
                .forEach(column -> columns.put(column.getKey(), column.getValue()));
        return columns;
    }

    private static Column column(ResultSet row) throws SQLException {
        Integer scale = row.getObject("scale", Integer.class);
        return new Column(
                row.getString("type"),
                !row.getBoolean("required"),
                scale == null ? OptionalInt.empty() : OptionalInt.of(scale),
                row.getBoolean("deterministic"),
                List.of((String[]) row.getArray("labels").getArray()),
                row.getBoolean("published"));
    }

    private List<Index> indexes(long oid) {
        return handle.createQuery(INDEXES)
                .bind("oid", oid)
                .map((row, context) -> new Index(
                        new UniqueIndex(
                                row.getString("name"),
                                List.of((String[]) row.getArray("columns").getArray()),
                                row.getBoolean("immediate")),
                        row.getBoolean("is_primary"),
                        row.getBoolean("is_identity")))
                .list();
    }

    private static Identity identity(char kind, List<Index> indexes) {
        if (kind == 'f') {
            return Identity.FULL;
        }
        Set<String> columns = indexes.stream()
                // A deferrable primary key is none: PostgreSQL then refuses updates of a published table.
                .filter(index ->
                        kind == 'd' ? index.primary() && index.index().immediate() : kind == 'i' && index.identity())
                .findFirst()
                .map(index -> Set.copyOf(index.index().columns()))
                .orElse(Set.of());
        return new Identity(false, columns);
    }
}
