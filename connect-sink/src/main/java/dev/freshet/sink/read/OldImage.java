// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.read;

import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Row;
import dev.freshet.debezium.value.Fields;
import dev.freshet.model.mapping.TableName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Old images from a time in which a table had a smaller replica identity than now. PostgreSQL logs the columns of an index
 * alone then, and Debezium fills in the others: NULL, or, where a column cannot be NULL, its default, zero, or an empty
 * text. An image that looks like that does not tell the values of those columns. A row that really looks like that is
 * taken for one that does not tell them, too.
 */
final class OldImage {
    /** What Debezium fills in for a column that cannot be NULL and has no default, as PostgreSQL prints it. */
    private static final Pattern FILLER =
            Pattern.compile("|false|\\{}|\\\\x|-?0(\\.0+)?|00:00:00|1970-01-01( 00:00:00(\\+00)?)?");

    private OldImage() {}

    /**
     * The row without the values that it may not have had.
     *
     * @param before as the columns of the table are now
     * @param image what it was read from
     */
    static Row told(TableName table, Row before, Fields image, BatchCatalog catalog) {
        Set<Set<String>> indexes = catalog.of(table).indexes();
        var there = new LinkedHashMap<String, String>();
        for (String column : before.columns()) {
            String text = before.get(column);
            if (text != null && !mayBeFiller(table, column, text, image, catalog)) {
                there.put(column, text);
                if (indexes.stream().noneMatch(index -> index.containsAll(there.keySet()))) {
                    return before;
                }
            }
        }
        boolean filled =
                before.columns().stream().anyMatch(column -> before.get(column) != null && !there.containsKey(column));
        if (!filled) {
            return before;
        }
        Set<String> missing = new HashSet<>(before.header().missing());
        missing.addAll(before.columns());
        missing.removeAll(there.keySet());
        return Row.of(Header.of(there.keySet(), missing), there.values().toArray(String[]::new));
    }

    private static boolean mayBeFiller(
            TableName table, String column, String text, Fields image, BatchCatalog catalog) {
        boolean mayBeNull =
                catalog.column(table, column).filter(found -> found.nullable()).isPresent();
        return !mayBeNull && (FILLER.matcher(text).matches() || image.isItsDefault(column));
    }
}
