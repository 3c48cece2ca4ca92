// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.schema;

import dev.freshet.model.mapping.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A relation of the application's, as {@code pg_class} and its neighbours describe it.
 *
 * @param kind as in {@code pg_class.relkind}
 * @param persistence as in {@code pg_class.relpersistence}
 * @param extension the extension that it belongs to, if any
 * @param heirs tables that inherit from it without being its partitions
 */
record RelationRow(TableName name, char kind, char persistence, Optional<String> extension, List<String> heirs) {
    static final String SQL = """
            SELECT n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relpersistence AS persistence,
                   (SELECT e.extname FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
                      AND d.refclassid = 'pg_extension'::regclass LIMIT 1) AS extension,
                   ARRAY(SELECT kn.nspname || '.' || k.relname
                         FROM pg_inherits i JOIN pg_class k ON k.oid = i.inhrelid JOIN pg_namespace kn ON kn.oid = k.relnamespace
                         WHERE c.relkind = 'r' AND i.inhparent = c.oid AND k.relpersistence <> 't' ORDER BY 1) AS heirs
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't' AND NOT c.relispartition
              AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
            ORDER BY 1, 2""";

    static RelationRow of(ResultSet row) throws SQLException {
        return new RelationRow(
                new TableName(row.getString("schema"), row.getString("name")),
                row.getString("kind").charAt(0),
                row.getString("persistence").charAt(0),
                Optional.ofNullable(row.getString("extension")),
                List.of((String[]) row.getArray("heirs").getArray()));
    }

    boolean isTable() {
        return kind == 'r' || kind == 'p';
    }
}
