// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.plan;

import dev.freshet.bench.plan.Design.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What happens to one row, or to a table. Said so that any selection of them can be run: what does not apply does
 * nothing.
 *
 * @param id of the row; empty for TRUNCATE
 * @param values the row of an INSERT, the new values of an UPDATE
 * @param stored columns whose values lie outside of the row, so that the WAL leaves them out where they do not change
 */
record Statement(Verb verb, String table, List<String> id, Map<String, String> values, Set<String> stored) {
    enum Verb {
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE
    }

    /** The row before and after; null where there was none, or is none. Both null: a TRUNCATE. */
    record Effect(Map<String, String> before, Map<String, String> after) {}

    /** Applies it, and tells what came of it; null if nothing. */
    Effect apply(Tables tables, Table table) {
        Map<List<String>, Map<String, String>> rows = tables.of(table.name());
        switch (verb) {
            case TRUNCATE -> {
                rows.clear();
                return new Effect(null, null);
            }
            case INSERT -> {
                return rows.putIfAbsent(id, values) == null ? new Effect(null, values) : null;
            }
            case DELETE -> {
                Map<String, String> before = rows.remove(id);
                return before == null ? null : new Effect(before, null);
            }
            default -> {
                return update(rows, table);
            }
        }
    }

    private Effect update(Map<List<String>, Map<String, String>> rows, Table table) {
        Map<String, String> before = rows.get(id);
        if (before == null) {
            return null;
        }
        Map<String, String> after = new LinkedHashMap<>(before);
        after.putAll(values);
        List<String> newId = Tables.values(after, table.id());
        if (!newId.equals(id)) {
            if (rows.containsKey(newId)) {
                return null;
            }
            rows.remove(id);
        }
        rows.put(newId, after);
        return new Effect(before, after);
    }
}
