// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.server;

import java.sql.SQLException;
import java.util.List;
import org.postgresql.core.Parser;

/** A SQL script as in a file: statements that end with a semicolon, possibly with function bodies and comments. */
public final class SqlScript {
    private SqlScript() {}

    /** The statements of the script, to be sent one by one as psql does. */
    public static List<String> statements(String script) throws SQLException {
        return Parser.parseJdbcSql(script, true, false, true, false, false).stream()
                .map(query -> query.nativeSql)
                .filter(sql -> !sql.replaceAll("(?m)--.*$", "").isBlank())
                .toList();
    }
}
