// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import dev.freshet.model.mapping.MissingReference;
import dev.freshet.model.mapping.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds foreign keys in the catalog, to suggest the references that a mapping lacks. */
public final class ForeignKeys {
    private static final String SQL = """
            SELECT k.conname, n.nspname = ? AND c.relname = ? AS forwards,
                   ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY x(attnum, i)
                         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.attnum ORDER BY i) AS columns,
                   ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY x(attnum, i)
                         JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = x.attnum ORDER BY i) AS to
            FROM pg_constraint k
            JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_class f ON f.oid = k.confrelid JOIN pg_namespace m ON m.oid = f.relnamespace
            WHERE k.contype = 'f' AND k.conparentid = 0
              AND ((n.nspname, c.relname, m.nspname, f.relname) = (?, ?, ?, ?)
                OR (n.nspname, c.relname, m.nspname, f.relname) = (?, ?, ?, ?))
            ORDER BY k.conname""";

    private ForeignKeys() {}

    /** A line for each foreign key between the two tables, saying what to write where. */
    public static List<String> suggestions(Connection connection, MissingReference missing) throws SQLException {
        var lines = new ArrayList<String>();
        try (PreparedStatement query = connection.prepareStatement(SQL)) {
            var from = missing.fromTable();
            var to = missing.toTable();
            int parameter = 1;
            for (TableName table : List.of(from, from, to, to, from)) {
                query.setString(parameter++, table.schema());
                query.setString(parameter++, table.table());
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    boolean forwards = row.getBoolean("forwards");
                    lines.add(missing.at() + ": foreign key " + row.getString("conname") + " suggests, in entity "
                            + (forwards ? missing.from() : missing.to()) + ":\n    references: { "
                            + reference(forwards ? missing.to() : missing.from(), row) + " }");
                }
            }
        }
        return lines;
    }

    private static String reference(String entity, ResultSet row) throws SQLException {
        var columns = (String[]) row.getArray("columns").getArray();
        return columns.length == 1
                ? entity + ": " + columns[0]
                : entity + ": { columns: [" + String.join(", ", columns) + "], to: ["
                        + String.join(", ", (String[]) row.getArray("to").getArray()) + "] }";
    }
}
