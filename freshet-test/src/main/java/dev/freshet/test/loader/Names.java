// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader;

import dev.freshet.model.mapping.TableName;
import java.util.List;
import java.util.stream.Collectors;

/** Names as SQL writes them. */
final class Names {
    private Names() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.table());
    }

    /** Columns of the row {@code t} as texts, one after the other. */
    static String texts(List<String> columns) {
        return columns.stream().map(column -> "t." + quoted(column) + "::text").collect(Collectors.joining(", "));
    }
}
