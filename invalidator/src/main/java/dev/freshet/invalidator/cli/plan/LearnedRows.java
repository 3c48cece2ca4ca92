// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.plan;

import dev.freshet.core.plan.rows.MemoryRelations;
import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.debezium.json.MappedTables;
import dev.freshet.model.mapping.EntityMapping;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Completes old row images with what the stream contained about the row before. If the replica identity covers only the
 * id, Debezium sends no old image for an update. For a delete it sends one in which all other columns are null, or the
 * zero value of their type if they are not nullable.
 */
final class LearnedRows {
    private static final Pattern ZERO =
            Pattern.compile("|0(\\.0*)?|false|\\{}|1970-01-01|(1970-01-01 )?00:00:00(\\+00)?|\\\\x");

    private final MappedTables tables;
    private final MemoryRelations rows;

    LearnedRows(MappedTables tables, MemoryRelations rows) {
        this.tables = tables;
        this.rows = rows;
    }

    /** The change, with the best old image that is known. */
    RowChange complete(RowChange change) {
        if (change.operation() != Operation.UPDATE && change.operation() != Operation.DELETE) {
            return change;
        }
        EntityMapping entity = tables.entity(change.table());
        Row before = change.before();
        if (before != null && before.knowsAll(entity.id()) && !isIdOnly(before, entity.id())) {
            return change;
        }
        List<String> id = (before != null && before.knowsAll(entity.id()) ? before : change.after()).get(entity.id());
        Row known = rows.row(change.table(), id);
        if (known == null && before != null) {
            known = before.knowsAll(entity.id()) ? before.project(Header.of(entity.id())) : null;
        }
        return new RowChange(change.table(), change.operation(), known, change.after(), change.origin());
    }

    private static boolean isIdOnly(Row image, List<String> id) {
        for (String column : image.columns()) {
            String value = image.get(column);
            if (!Set.copyOf(id).contains(column)
                    && image.knows(column)
                    && value != null
                    && !ZERO.matcher(value).matches()) {
                return false;
            }
        }
        return true;
    }
}
