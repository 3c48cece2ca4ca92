// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.setup;

import dev.freshet.core.source.CatalogState;
import dev.freshet.model.mapping.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The file and the columns of each table, as of one moment. A statement such as {@code ALTER COLUMN … TYPE … USING}
 * rewrites the values of all rows, and none of it is published. It replaces the table's file, and makes new versions of
 * the rows of pg_attribute, in one transaction. VACUUM FULL, CLUSTER and TRUNCATE replace the file alone; a default, a
 * constraint or a new column leaves the file.
 *
 * <p>The xmax shows what has been done but is not visible yet, as in {@link PublicationIdentity}. The partitions of a
 * table are not looked at: there, the identity changes with each new version of a row in pg_class.
 */
public final class TableVersions {
    /** The file of a table, as the query of {@link PublicationIdentity} has it, too. */
    static final String FILE = "(c.oid, c.relfilenode, c.xmax)::text";

    private static final String SQL = """
            SELECT c.oid, t.schema || '.' || t.name, %s,
                   ARRAY(SELECT (a.attnum, a.atttypid, a.xmin, a.xmax)::text
                         FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 ORDER BY a.attnum)
            FROM unnest(?::text[], ?::text[]) AS t(schema, name)
            JOIN pg_namespace n ON n.nspname = t.schema
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.name
            """.formatted(FILE);

    private final Map<Long, Version> tables;
    private final String files;
    private final String columns;

    private record Version(String name, String file, List<String> columns) {}

    private TableVersions(Map<Long, Version> tables) {
        this.tables = tables;
        this.files = tables.isEmpty() ? "none" : hash(Version::file);
        this.columns = hash(table -> String.join(" ", table.columns()));
    }

    /** Those of the tables that exist. */
    public static TableVersions read(Connection connection, List<TableName> names) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SQL)) {
            TableInspection.bind(query, names);
            try (ResultSet row = query.executeQuery()) {
                Map<Long, Version> tables = new TreeMap<>();
                while (row.next()) {
                    List<String> columns = List.of((String[]) row.getArray(4).getArray());
                    tables.put(row.getLong(1), new Version(row.getString(2), row.getString(3), columns));
                }
                return new TableVersions(tables);
            }
        }
    }

    /** A hash of the files, which the query of {@link PublicationIdentity} yields, too; {@code none} without tables. */
    public String files() {
        return files;
    }

    /** The state of the catalog with that identity of the publication. */
    public CatalogState state(String publication) {
        return new CatalogState(publication, columns, files);
    }

    /** A table whose values may have been rewritten since then, if there is one. New columns do not count. */
    public Optional<String> rewrittenSince(TableVersions before) {
        return tables.entrySet().stream()
                .filter(table -> {
                    Version former = before.tables.get(table.getKey());
                    Version now = table.getValue();
                    return former != null
                            && !former.file().equals(now.file())
                            && !now.columns().containsAll(former.columns());
                })
                .map(table -> table.getValue().name())
                .findFirst();
    }

    private String hash(Function<Version, String> part) {
        String text = tables.values().stream().map(part).collect(Collectors.joining(" "));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
